<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ko" sourcelanguage="en">
<context>
    <name>studio</name>
    <message>
        <source>Bundles</source>
        <translation>번들</translation>
    </message>
    <message>
        <source>Compare with the chosen model</source>
        <translation>고른 모델과 비교</translation>
    </message>
    <message>
        <source>Enter shows them</source>
        <translation>Enter로 펼치기</translation>
    </message>
    <message>
        <source>Everything is of the newest labels.</source>
        <translation>모두 최신 라벨로 만들었습니다.</translation>
    </message>
    <message>
        <source>Farther</source>
        <translation>축소</translation>
    </message>
    <message>
        <source>Files of #{id}</source>
        <translation>#{id}의 파일</translation>
    </message>
    <message>
        <source>Frozen versions</source>
        <translation>고정한 버전</translation>
    </message>
    <message>
        <source>Go to Data</source>
        <translation>데이터로 가기</translation>
    </message>
    <message>
        <source>Import data under Data; what comes of it is drawn here.</source>
        <translation>데이터 화면에서 데이터를 가져오면, 거기서 나온 것이 여기에 그려집니다.</translation>
    </message>
    <message>
        <source>Model #{id}</source>
        <translation>모델 #{id}</translation>
    </message>
    <message>
        <source>Nearer</source>
        <translation>확대</translation>
    </message>
    <message>
        <source>New bundle</source>
        <translation>새 번들</translation>
    </message>
    <message>
        <source>Nothing has been made yet</source>
        <translation>아직 만든 것이 없습니다</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>열기</translation>
    </message>
    <message>
        <source>Pipeline</source>
        <translation>파이프라인</translation>
    </message>
    <message>
        <source>Search again on the newest labels</source>
        <translation>최신 라벨로 다시 탐색</translation>
    </message>
    <message>
        <source>Search {n}</source>
        <translation>탐색 {n}</translation>
    </message>
    <message>
        <source>Searches</source>
        <translation>탐색</translation>
    </message>
    <message>
        <source>The project as a graph</source>
        <translation>그래프로 본 프로젝트</translation>
    </message>
    <message>
        <source>Version {n}</source>
        <translation>버전 {n}</translation>
    </message>
    <message>
        <source>a later one is frozen</source>
        <translation>더 새 버전이 있음</translation>
    </message>
    <message>
        <source>drop a model here</source>
        <translation>모델을 여기에 놓으세요</translation>
    </message>
    <message>
        <source>files of {n} model</source>
        <translation>모델 {n}개의 파일</translation>
    </message>
    <message>
        <source>files of {n} models</source>
        <translation>모델 {n}개의 파일</translation>
    </message>
    <message>
        <source>from an older version</source>
        <translation>이전 버전으로 만듦</translation>
    </message>
    <message>
        <source>lacks {samples}</source>
        <translation>{samples} 빠짐</translation>
    </message>
    <message>
        <source>of {samples}</source>
        <translation>{samples} 중</translation>
    </message>
    <message>
        <source>running</source>
        <translation>진행 중</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>멈춤</translation>
    </message>
    <message>
        <source>{n} bundle more</source>
        <translation>번들 {n}개 더</translation>
    </message>
    <message>
        <source>{n} bundles more</source>
        <translation>번들 {n}개 더</translation>
    </message>
    <message>
        <source>{n} file</source>
        <translation>파일 {n}개</translation>
    </message>
    <message>
        <source>{n} files</source>
        <translation>파일 {n}개</translation>
    </message>
    <message>
        <source>{n} labelled</source>
        <translation>라벨 {n}개</translation>
    </message>
    <message>
        <source>{n} min</source>
        <translation>{n}분</translation>
    </message>
    <message>
        <source>{n} model more</source>
        <translation>모델 {n}개 더</translation>
    </message>
    <message>
        <source>{n} models more</source>
        <translation>모델 {n}개 더</translation>
    </message>
    <message>
        <source>{n} out of date</source>
        <translation>오래된 것 {n}개</translation>
    </message>
    <message>
        <source>{n} record is out of date.</source>
        <translation>오래된 기록이 {n}개 있습니다.</translation>
    </message>
    <message>
        <source>{n} records are out of date.</source>
        <translation>오래된 기록이 {n}개 있습니다.</translation>
    </message>
    <message>
        <source>{n} search more</source>
        <translation>탐색 {n}개 더</translation>
    </message>
    <message>
        <source>{n} searches more</source>
        <translation>탐색 {n}개 더</translation>
    </message>
    <message>
        <source>{n} test</source>
        <translation>시험 {n}</translation>
    </message>
    <message>
        <source>{n} train</source>
        <translation>학습 {n}</translation>
    </message>
    <message>
        <source>{n} val</source>
        <translation>검증 {n}</translation>
    </message>
    <message>
        <source>{n} version more</source>
        <translation>버전 {n}개 더</translation>
    </message>
    <message>
        <source>{n} versions more</source>
        <translation>버전 {n}개 더</translation>
    </message>
</context>
</TS>
