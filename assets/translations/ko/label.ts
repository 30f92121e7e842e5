<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ko" sourcelanguage="en">
<context>
    <name>studio</name>
    <message>
        <source>All photos: {n}</source>
        <translation>모든 사진: {n}</translation>
    </message>
    <message>
        <source>Class for the selected photos</source>
        <translation>선택한 사진의 클래스</translation>
    </message>
    <message>
        <source>Class, or a new name</source>
        <translation>클래스 또는 새 이름</translation>
    </message>
    <message>
        <source>Clear class</source>
        <translation>클래스 지우기</translation>
    </message>
    <message>
        <source>Every photo has a class.</source>
        <translation>모든 사진에 클래스가 있습니다.</translation>
    </message>
    <message>
        <source>Keys: 1 to 9 set a class · Backspace clears it · D and A next and previous</source>
        <translation>단축키: 1~9 클래스 지정 · Backspace 지우기 · D와 A 다음과 이전</translation>
    </message>
    <message>
        <source>No photo here.</source>
        <translation>여기에는 사진이 없습니다.</translation>
    </message>
    <message>
        <source>No photos yet. Add some under Data.</source>
        <translation>아직 사진이 없습니다. 데이터에서 추가하세요.</translation>
    </message>
    <message>
        <source>Photos</source>
        <translation>사진</translation>
    </message>
    <message>
        <source>Select photos to label them</source>
        <translation>라벨할 사진을 선택하세요</translation>
    </message>
    <message>
        <source>Set class</source>
        <translation>클래스 지정</translation>
    </message>
    <message>
        <source>Show</source>
        <translation>보기</translation>
    </message>
    <message>
        <source>Which photos to show</source>
        <translation>보여 줄 사진</translation>
    </message>
    <message>
        <source>Without a class: {n}</source>
        <translation>클래스 없음: {n}</translation>
    </message>
    <message>
        <source>every photo has a class</source>
        <translation>모든 사진에 클래스가 있음</translation>
    </message>
    <message>
        <source>no class</source>
        <translation>클래스 없음</translation>
    </message>
    <message>
        <source>nothing to label yet</source>
        <translation>아직 라벨할 것이 없음</translation>
    </message>
    <message>
        <source>{n} photo selected</source>
        <translation>사진 {n}장 선택됨</translation>
    </message>
    <message>
        <source>{n} photo without a class</source>
        <translation>클래스 없는 사진 {n}장</translation>
    </message>
    <message>
        <source>{n} photos selected</source>
        <translation>사진 {n}장 선택됨</translation>
    </message>
    <message>
        <source>{n} photos without a class</source>
        <translation>클래스 없는 사진 {n}장</translation>
    </message>
</context>
</TS>
