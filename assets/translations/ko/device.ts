<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ko" sourcelanguage="en">
<context>
    <name>studio</name>
    <message>
        <source>All verdicts</source>
        <translation>모든 판정</translation>
    </message>
    <message>
        <source>Checking model #{id} on every board…</source>
        <translation>모델 #{id}을(를) 모든 보드에서 확인하는 중…</translation>
    </message>
    <message>
        <source>Checking…</source>
        <translation>확인하는 중…</translation>
    </message>
    <message>
        <source>Choose a device to see what it has.</source>
        <translation>장치를 고르면 사양이 보입니다.</translation>
    </message>
    <message>
        <source>Clock</source>
        <translation>클럭</translation>
    </message>
    <message>
        <source>Devices</source>
        <translation>장치</translation>
    </message>
    <message>
        <source>Does not fit</source>
        <translation>맞지 않음</translation>
    </message>
    <message>
        <source>Filter by verdict</source>
        <translation>판정으로 거르기</translation>
    </message>
    <message>
        <source>Fits</source>
        <translation>맞음</translation>
    </message>
    <message>
        <source>Flash</source>
        <translation>플래시</translation>
    </message>
    <message>
        <source>How a number is known: {kinds}</source>
        <translation>수치의 근거: {kinds}</translation>
    </message>
    <message>
        <source>Limits</source>
        <translation>한도</translation>
    </message>
    <message>
        <source>Model #{id} fits {fits} of {all} boards.</source>
        <translation>모델 #{id}은(는) 보드 {all}개 중 {fits}개에 맞습니다.</translation>
    </message>
    <message>
        <source>No model yet. Train one to see which of these boards run it.</source>
        <translation>아직 모델이 없습니다. 학습하면 어느 보드에서 실행되는지 보입니다.</translation>
    </message>
    <message>
        <source>RAM</source>
        <translation>RAM</translation>
    </message>
    <message>
        <source>Search by name, maker or core</source>
        <translation>이름, 제조사, 코어로 찾기</translation>
    </message>
    <message>
        <source>Search devices</source>
        <translation>장치 찾기</translation>
    </message>
    <message>
        <source>Unknown</source>
        <translation>알 수 없음</translation>
    </message>
    <message>
        <source>Verdict</source>
        <translation>판정</translation>
    </message>
    <message>
        <source>checking every board</source>
        <translation>모든 보드를 확인하는 중</translation>
    </message>
    <message>
        <source>fits {fits} of {all} boards</source>
        <translation>보드 {all}개 중 {fits}개에 맞음</translation>
    </message>
    <message>
        <source>input buffer</source>
        <translation>입력 버퍼</translation>
    </message>
    <message>
        <source>model</source>
        <translation>모델</translation>
    </message>
    <message>
        <source>no model to check yet</source>
        <translation>아직 확인할 모델이 없음</translation>
    </message>
    <message>
        <source>of {limit}</source>
        <translation>/ {limit}</translation>
    </message>
    <message>
        <source>operating system</source>
        <translation>운영 체제</translation>
    </message>
    <message>
        <source>runtime</source>
        <translation>런타임</translation>
    </message>
    <message>
        <source>runtime code</source>
        <translation>런타임 코드</translation>
    </message>
    <message>
        <source>sketch and startup code</source>
        <translation>스케치와 시동 코드</translation>
    </message>
    <message>
        <source>sketch and startup data</source>
        <translation>스케치와 시동 데이터</translation>
    </message>
    <message>
        <source>stack</source>
        <translation>스택</translation>
    </message>
    <message>
        <source>tensor arena</source>
        <translation>텐서 아레나</translation>
    </message>
    <message>
        <source>tensors</source>
        <translation>텐서</translation>
    </message>
    <message>
        <source>unverified</source>
        <translation>미확인</translation>
    </message>
    <message>
        <source>verified</source>
        <translation>확인됨</translation>
    </message>
    <message>
        <source>{name}: {used} of {limit}</source>
        <translation>{name}: {limit} 중 {used}</translation>
    </message>
</context>
</TS>
