<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ko" sourcelanguage="en">
<context>
    <name>studio</name>
    <message>
        <source>Choose a folder of photos</source>
        <translation>사진 폴더 선택</translation>
    </message>
    <message>
        <source>Choose a folder…</source>
        <translation>폴더 선택…</translation>
    </message>
    <message>
        <source>Choose photos</source>
        <translation>사진 선택</translation>
    </message>
    <message>
        <source>Choose photos…</source>
        <translation>사진 선택…</translation>
    </message>
    <message>
        <source>Drop a folder with one folder of photos per class, or single photos.</source>
        <translation>클래스마다 사진 폴더가 하나씩 있는 폴더나 사진을 놓으세요.</translation>
    </message>
    <message>
        <source>File</source>
        <translation>파일</translation>
    </message>
    <message>
        <source>Photos in each class</source>
        <translation>클래스별 사진 수</translation>
    </message>
    <message>
        <source>Skipped files</source>
        <translation>건너뛴 파일</translation>
    </message>
    <message>
        <source>Try it with sample photos: handwritten digits</source>
        <translation>샘플 사진으로 해 보기: 손글씨 숫자</translation>
    </message>
    <message>
        <source>Why it was skipped</source>
        <translation>건너뛴 까닭</translation>
    </message>
    <message>
        <source>{n} file skipped:</source>
        <translation>파일 {n}개를 건너뛰었습니다:</translation>
    </message>
    <message>
        <source>{n} files skipped:</source>
        <translation>파일 {n}개를 건너뛰었습니다:</translation>
    </message>
    <message>
        <source>{n} photo added.</source>
        <translation>사진 {n}장을 추가했습니다.</translation>
    </message>
    <message>
        <source>{n} photos added.</source>
        <translation>사진 {n}장을 추가했습니다.</translation>
    </message>
    <message>
        <source>{n} was there already.</source>
        <translation>{n}장은 이미 있었습니다.</translation>
    </message>
    <message>
        <source>{n} were there already.</source>
        <translation>{n}장은 이미 있었습니다.</translation>
    </message>
</context>
</TS>
