<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ko" sourcelanguage="en">
<context>
    <name>studio</name>
    <message>
        <source>Keep the device {name}</source>
        <translation>장치 {name} 저장</translation>
    </message>
    <message>
        <source>Remove the device {name}</source>
        <translation>장치 {name} 제거</translation>
    </message>
</context>
</TS>
