<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ko" sourcelanguage="en">
<context>
    <name>studio</name>
    <message>
        <source>&amp;Close the project</source>
        <translation>프로젝트 닫기(&amp;C)</translation>
    </message>
    <message>
        <source>&amp;Edit</source>
        <translation>편집(&amp;E)</translation>
    </message>
    <message>
        <source>&amp;Go</source>
        <translation>이동(&amp;G)</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>도움말(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;New project…</source>
        <translation>새 프로젝트(&amp;N)…</translation>
    </message>
    <message>
        <source>&amp;Open a project…</source>
        <translation>프로젝트 열기(&amp;O)…</translation>
    </message>
    <message>
        <source>&amp;Project</source>
        <translation>프로젝트(&amp;P)</translation>
    </message>
    <message>
        <source>&amp;Quit</source>
        <translation>끝내기(&amp;Q)</translation>
    </message>
    <message>
        <source>&amp;Redo</source>
        <translation>다시 실행(&amp;R)</translation>
    </message>
    <message>
        <source>&amp;Undo</source>
        <translation>실행 취소(&amp;U)</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>화면 모양</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>Close this notice</source>
        <translation>이 알림 닫기</translation>
    </message>
    <message>
        <source>Copy details</source>
        <translation>자세한 내용 복사</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>어둡게</translation>
    </message>
    <message>
        <source>Data</source>
        <translation>데이터</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>장치</translation>
    </message>
    <message>
        <source>Drop a folder of photos here to start a project.</source>
        <translation>사진 폴더를 여기에 놓으면 프로젝트가 시작됩니다.</translation>
    </message>
    <message>
        <source>Ending the search; finished models are kept…</source>
        <translation>탐색을 끝내는 중입니다. 완성된 모델은 남습니다…</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>내보내기</translation>
    </message>
    <message>
        <source>Go to Data, Label, Train, Device, Export</source>
        <translation>데이터, 라벨, 학습, 장치, 내보내기로 이동</translation>
    </message>
    <message>
        <source>Handwritten digits</source>
        <translation>손글씨 숫자</translation>
    </message>
    <message>
        <source>Importing photos</source>
        <translation>사진을 가져오는 중</translation>
    </message>
    <message>
        <source>Importing the sample photos</source>
        <translation>샘플 사진을 가져오는 중</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>단축키</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>라벨</translation>
    </message>
    <message>
        <source>Label: give the selected photos a class</source>
        <translation>라벨: 선택한 사진에 클래스 지정</translation>
    </message>
    <message>
        <source>Label: next and previous photo</source>
        <translation>라벨: 다음 사진과 이전 사진</translation>
    </message>
    <message>
        <source>Label: select all photos shown</source>
        <translation>라벨: 보이는 사진 모두 선택</translation>
    </message>
    <message>
        <source>Label: take the class away</source>
        <translation>라벨: 클래스 지우기</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>언어</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>밝게</translation>
    </message>
    <message>
        <source>Like the desktop</source>
        <translation>시스템 설정 따름</translation>
    </message>
    <message>
        <source>My photos</source>
        <translation>내 사진</translation>
    </message>
    <message>
        <source>New project</source>
        <translation>새 프로젝트</translation>
    </message>
    <message>
        <source>New project…</source>
        <translation>새 프로젝트…</translation>
    </message>
    <message>
        <source>Open a project</source>
        <translation>프로젝트 열기</translation>
    </message>
    <message>
        <source>Open a project…</source>
        <translation>프로젝트 열기…</translation>
    </message>
    <message>
        <source>Projects (*.automl)</source>
        <translation>프로젝트 (*.automl)</translation>
    </message>
    <message>
        <source>Projects you open appear here.</source>
        <translation>연 프로젝트가 여기에 나타납니다.</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>끝내기</translation>
    </message>
    <message>
        <source>Reading the project…</source>
        <translation>프로젝트를 읽는 중…</translation>
    </message>
    <message>
        <source>Recent projects</source>
        <translation>최근 프로젝트</translation>
    </message>
    <message>
        <source>Sample project: handwritten digits</source>
        <translation>샘플 프로젝트: 손글씨 숫자</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>설정</translation>
    </message>
    <message>
        <source>Show the studio photos of each kind. It searches for a model that tells them apart, checks that it fits your board, and packs it for your engineer. Nothing leaves this computer.</source>
        <translation>종류별 사진을 보여 주면 스튜디오가 이를 구별하는 모델을 찾고, 보드에 들어가는지 확인하고, 엔지니어에게 줄 번들로 묶습니다. 아무것도 이 컴퓨터 밖으로 나가지 않습니다.</translation>
    </message>
    <message>
        <source>Something went wrong that should not have.</source>
        <translation>예상하지 못한 문제가 생겼습니다.</translation>
    </message>
    <message>
        <source>Sort photos with a small device</source>
        <translation>작은 장치로 사진 분류하기</translation>
    </message>
    <message>
        <source>Starting the search…</source>
        <translation>탐색을 시작하는 중…</translation>
    </message>
    <message>
        <source>Stop and keep the best</source>
        <translation>멈추고 최고 모델 유지</translation>
    </message>
    <message>
        <source>Time used by the search</source>
        <translation>탐색에 쓴 시간</translation>
    </message>
    <message>
        <source>Train</source>
        <translation>학습</translation>
    </message>
    <message>
        <source>Your work is saved. Please report the details.</source>
        <translation>작업은 저장되어 있습니다. 자세한 내용을 알려 주세요.</translation>
    </message>
    <message>
        <source>at most {time} left</source>
        <translation>최대 {time} 남음</translation>
    </message>
    <message>
        <source>best {share} so far</source>
        <translation>지금까지 최고 {share}</translation>
    </message>
    <message>
        <source>does not fit</source>
        <translation>맞지 않음</translation>
    </message>
    <message>
        <source>emulated</source>
        <translation>에뮬레이션</translation>
    </message>
    <message>
        <source>estimated</source>
        <translation>추정</translation>
    </message>
    <message>
        <source>fits</source>
        <translation>맞음</translation>
    </message>
    <message>
        <source>measured</source>
        <translation>측정</translation>
    </message>
    <message>
        <source>photo</source>
        <translation>사진</translation>
    </message>
    <message>
        <source>photos</source>
        <translation>사진</translation>
    </message>
    <message>
        <source>published</source>
        <translation>공표</translation>
    </message>
    <message>
        <source>recording</source>
        <translation>측정 기록</translation>
    </message>
    <message>
        <source>recordings</source>
        <translation>측정 기록</translation>
    </message>
    <message>
        <source>row</source>
        <translation>행</translation>
    </message>
    <message>
        <source>rows</source>
        <translation>행</translation>
    </message>
    <message>
        <source>sample</source>
        <translation>샘플</translation>
    </message>
    <message>
        <source>samples</source>
        <translation>샘플</translation>
    </message>
    <message>
        <source>saved</source>
        <translation>저장됨</translation>
    </message>
    <message>
        <source>unknown</source>
        <translation>알 수 없음</translation>
    </message>
    <message>
        <source>window of a recording</source>
        <translation>측정 기록의 윈도우</translation>
    </message>
    <message>
        <source>windows of a recording</source>
        <translation>측정 기록의 윈도우</translation>
    </message>
    <message>
        <source>{n} model trained</source>
        <translation>모델 {n}개 학습</translation>
    </message>
    <message>
        <source>{n} models trained</source>
        <translation>모델 {n}개 학습</translation>
    </message>
    <message>
        <source>{n} photo</source>
        <translation>사진 {n}장</translation>
    </message>
    <message>
        <source>{n} photos</source>
        <translation>사진 {n}장</translation>
    </message>
    <message>
        <source>{n} recording</source>
        <translation>측정 기록 {n}개</translation>
    </message>
    <message>
        <source>{n} recordings</source>
        <translation>측정 기록 {n}개</translation>
    </message>
    <message>
        <source>{n} row</source>
        <translation>행 {n}개</translation>
    </message>
    <message>
        <source>{n} rows</source>
        <translation>행 {n}개</translation>
    </message>
    <message>
        <source>{n} sample</source>
        <translation>샘플 {n}개</translation>
    </message>
    <message>
        <source>{n} samples</source>
        <translation>샘플 {n}개</translation>
    </message>
    <message>
        <source>{n} window</source>
        <translation>윈도우 {n}개</translation>
    </message>
    <message>
        <source>{n} windows</source>
        <translation>윈도우 {n}개</translation>
    </message>
    <message>
        <source>{place}: {state}</source>
        <translation>{place}: {state}</translation>
    </message>
    <message>
        <source>{title}: {done} of {total}</source>
        <translation>{title}: {total}개 중 {done}개</translation>
    </message>
</context>
</TS>
