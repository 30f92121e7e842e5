<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ko" sourcelanguage="en">
<context>
    <name>studio</name>
    <message>
        <source>&amp;Backups</source>
        <translation>백업(&amp;B)</translation>
    </message>
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
        <source>&amp;Guided tour</source>
        <translation>둘러보기(&amp;G)</translation>
    </message>
    <message>
        <source>&amp;Help</source>
        <translation>도움말(&amp;H)</translation>
    </message>
    <message>
        <source>&amp;History</source>
        <translation>작업 기록(&amp;H)</translation>
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
        <source>A notification of the desktop while another window is in front.</source>
        <translation>다른 창이 앞에 있을 때 바탕 화면 알림으로 알립니다.</translation>
    </message>
    <message>
        <source>A search that was interrupted was taken in; its finished models are here.</source>
        <translation>중단된 탐색을 이어받았습니다. 완성된 모델은 그대로 있습니다.</translation>
    </message>
    <message>
        <source>Another program is writing to this project: here it can only be looked at.</source>
        <translation>다른 프로그램이 이 프로젝트에 쓰고 있습니다. 여기서는 보기만 할 수 있습니다.</translation>
    </message>
    <message>
        <source>Appearance</source>
        <translation>화면 모양</translation>
    </message>
    <message>
        <source>Backups</source>
        <translation>백업</translation>
    </message>
    <message>
        <source>Backups, the newest first</source>
        <translation>백업, 최신순</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>취소</translation>
    </message>
    <message>
        <source>Change: {what}</source>
        <translation>바꾸기: {what}</translation>
    </message>
    <message>
        <source>Change…</source>
        <translation>바꾸기…</translation>
    </message>
    <message>
        <source>Choose a board</source>
        <translation>보드 고르기</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>닫기</translation>
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
        <source>Data: rename a session</source>
        <translation>데이터: 세션 이름 바꾸기</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>자세히</translation>
    </message>
    <message>
        <source>Device</source>
        <translation>장치</translation>
    </message>
    <message>
        <source>Drop photos, recordings or a table here to start a project.</source>
        <translation>사진, 측정 기록, 표를 여기에 놓으면 프로젝트가 시작됩니다.</translation>
    </message>
    <message>
        <source>Ending the search; finished models are kept…</source>
        <translation>탐색을 끝내는 중입니다. 완성된 모델은 남습니다…</translation>
    </message>
    <message>
        <source>Every change is a step; none is lost by going back.</source>
        <translation>모든 변경이 단계로 남습니다. 돌아가도 사라지지 않습니다.</translation>
    </message>
    <message>
        <source>Everything in it is as it was made.</source>
        <translation>만들었을 때 그대로입니다.</translation>
    </message>
    <message>
        <source>Export</source>
        <translation>내보내기</translation>
    </message>
    <message>
        <source>Failed: {n}</source>
        <translation>실패: {n}</translation>
    </message>
    <message>
        <source>Folder for new projects</source>
        <translation>새 프로젝트 폴더</translation>
    </message>
    <message>
        <source>Go back to this step</source>
        <translation>이 단계로 돌아가기</translation>
    </message>
    <message>
        <source>Importing</source>
        <translation>가져오는 중</translation>
    </message>
    <message>
        <source>Importing the sample data</source>
        <translation>샘플 데이터를 가져오는 중</translation>
    </message>
    <message>
        <source>Keep one now</source>
        <translation>지금 백업하기</translation>
    </message>
    <message>
        <source>Keeping a backup</source>
        <translation>백업을 남기는 중</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>단축키</translation>
    </message>
    <message>
        <source>Keys for: {what}</source>
        <translation>단축키: {what}</translation>
    </message>
    <message>
        <source>Label</source>
        <translation>라벨</translation>
    </message>
    <message>
        <source>Label: give what is selected a class</source>
        <translation>라벨: 선택한 것에 클래스 지정</translation>
    </message>
    <message>
        <source>Label: next and previous</source>
        <translation>라벨: 다음과 이전</translation>
    </message>
    <message>
        <source>Label: select all that is shown</source>
        <translation>라벨: 보이는 것 모두 선택</translation>
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
        <source>Leave the tour</source>
        <translation>둘러보기 나가기</translation>
    </message>
    <message>
        <source>Left out as too large: {n}</source>
        <translation>너무 커서 제외: {n}</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>밝게</translation>
    </message>
    <message>
        <source>Light or dark, or as the desktop is.</source>
        <translation>밝게, 어둡게, 또는 바탕 화면 설정대로.</translation>
    </message>
    <message>
        <source>Like the desktop</source>
        <translation>시스템 설정 따름</translation>
    </message>
    <message>
        <source>Look at the samples</source>
        <translation>샘플 보기</translation>
    </message>
    <message>
        <source>Looking into the bundle {name}…</source>
        <translation>번들 {name}을(를) 살펴보는 중…</translation>
    </message>
    <message>
        <source>Models trained: {n}</source>
        <translation>학습한 모델: {n}</translation>
    </message>
    <message>
        <source>My project</source>
        <translation>내 프로젝트</translation>
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
        <source>No</source>
        <translation>아니요</translation>
    </message>
    <message>
        <source>No backup yet; one is kept ten minutes after a change.</source>
        <translation>아직 백업이 없습니다. 변경하고 10분이 지나면 하나 남깁니다.</translation>
    </message>
    <message>
        <source>Nothing else is missing.</source>
        <translation>그 밖에 빠진 것은 없습니다.</translation>
    </message>
    <message>
        <source>Now with your own: drop a folder on the window.</source>
        <translation>이제 직접 해 보세요. 폴더를 창에 놓으면 됩니다.</translation>
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
        <source>Or try a sample</source>
        <translation>샘플로 해 보기</translation>
    </message>
    <message>
        <source>Press Export. The bundle holds all an engineer needs, and proves itself.</source>
        <translation>내보내기를 누르세요. 번들에는 엔지니어에게 필요한 것이 모두 있고, 스스로 검증됩니다.</translation>
    </message>
    <message>
        <source>Press Start under Train. The first model is there within seconds.</source>
        <translation>학습에서 시작을 누르세요. 몇 초면 첫 모델이 나옵니다.</translation>
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
        <source>Put this backup in the project's place…</source>
        <translation>이 백업으로 프로젝트 되돌리기…</translation>
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
        <source>Reset</source>
        <translation>되돌리기</translation>
    </message>
    <message>
        <source>Reset the keys for: {what}</source>
        <translation>단축키 되돌리기: {what}</translation>
    </message>
    <message>
        <source>Samples come in by themselves; a folder is a class. See how many of each.</source>
        <translation>샘플은 저절로 들어옵니다. 폴더 하나가 클래스 하나입니다. 클래스별 수를 보세요.</translation>
    </message>
    <message>
        <source>Save &amp;as…</source>
        <translation>다른 이름으로 저장(&amp;A)…</translation>
    </message>
    <message>
        <source>Save as</source>
        <translation>다른 이름으로 저장</translation>
    </message>
    <message>
        <source>Search keys</source>
        <translation>단축키 검색</translation>
    </message>
    <message>
        <source>Search settings</source>
        <translation>설정 검색</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>설정</translation>
    </message>
    <message>
        <source>Show me how: a tour of two minutes</source>
        <translation>2분 둘러보기 시작</translation>
    </message>
    <message>
        <source>Show the studio examples of each kind. It searches for a model that tells them apart, checks that it fits your board, and packs it for your engineer. Nothing leaves this computer.</source>
        <translation>종류마다 예를 보여 주세요. 스튜디오가 이를 구별하는 모델을 찾고, 보드에 들어가는지 확인해 엔지니어에게 줄 묶음을 만듭니다. 아무것도 이 컴퓨터를 떠나지 않습니다.</translation>
    </message>
    <message>
        <source>Something in it is not as it was made.</source>
        <translation>만들었을 때와 다른 것이 있습니다.</translation>
    </message>
    <message>
        <source>Something went wrong that should not have.</source>
        <translation>예상하지 못한 문제가 생겼습니다.</translation>
    </message>
    <message>
        <source>Sort photos into classes</source>
        <translation>사진을 클래스로 나누기</translation>
    </message>
    <message>
        <source>Sort sensor recordings into classes</source>
        <translation>센서 측정 기록을 클래스로 나누기</translation>
    </message>
    <message>
        <source>Sort sounds into classes</source>
        <translation>소리를 클래스로 나누기</translation>
    </message>
    <message>
        <source>Sort table rows into classes</source>
        <translation>표의 행을 클래스로 나누기</translation>
    </message>
    <message>
        <source>Start: take a project off the list</source>
        <translation>시작: 프로젝트를 목록에서 빼기</translation>
    </message>
    <message>
        <source>Starting the search…</source>
        <translation>탐색을 시작하는 중…</translation>
    </message>
    <message>
        <source>Steps, the newest first</source>
        <translation>작업 단계, 최신순</translation>
    </message>
    <message>
        <source>Stop and keep the best</source>
        <translation>멈추고 최고 모델 유지</translation>
    </message>
    <message>
        <source>Take in the sample</source>
        <translation>샘플 가져오기</translation>
    </message>
    <message>
        <source>Take me there</source>
        <translation>그곳으로 가기</translation>
    </message>
    <message>
        <source>Take off the list</source>
        <translation>목록에서 빼기</translation>
    </message>
    <message>
        <source>Teach a small device</source>
        <translation>작은 장치 가르치기</translation>
    </message>
    <message>
        <source>Tell an amount from a table row</source>
        <translation>표의 행으로 수량 알아내기</translation>
    </message>
    <message>
        <source>Tell me when long work ends</source>
        <translation>긴 작업이 끝나면 알리기</translation>
    </message>
    <message>
        <source>That was all: from samples to a bundle.</source>
        <translation>샘플에서 번들까지, 여기까지입니다.</translation>
    </message>
    <message>
        <source>The last change was not finished when the program ended; it was undone.</source>
        <translation>프로그램이 끝날 때 마무리되지 않은 마지막 변경은 취소했습니다.</translation>
    </message>
    <message>
        <source>The project as it is now is backed up first. Press again to do it.</source>
        <translation>지금 프로젝트를 먼저 백업합니다. 한 번 더 누르면 되돌립니다.</translation>
    </message>
    <message>
        <source>The search begins.</source>
        <translation>탐색을 시작합니다.</translation>
    </message>
    <message>
        <source>The search has ended.</source>
        <translation>탐색이 끝났습니다.</translation>
    </message>
    <message>
        <source>The words of the window.</source>
        <translation>창에 나오는 말의 언어입니다.</translation>
    </message>
    <message>
        <source>They lie in {folder}</source>
        <translation>저장된 곳: {folder}</translation>
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
        <source>Under Device you see where the model fits. Choose a board that says so.</source>
        <translation>장치에서 모델이 들어가는 보드를 볼 수 있습니다. 들어가는 보드를 고르세요.</translation>
    </message>
    <message>
        <source>Under Label you see every sample with its class. A digit key gives a class.</source>
        <translation>라벨에서 샘플과 클래스를 모두 볼 수 있습니다. 숫자 키로 클래스를 지정합니다.</translation>
    </message>
    <message>
        <source>What a new project is to learn</source>
        <translation>새 프로젝트가 배울 것</translation>
    </message>
    <message>
        <source>What was done, and when</source>
        <translation>한 일과 시각</translation>
    </message>
    <message>
        <source>Where a project goes that was started by dropping something.</source>
        <translation>파일을 놓아 시작한 프로젝트가 저장되는 곳입니다.</translation>
    </message>
    <message>
        <source>Writing the project under another name</source>
        <translation>프로젝트를 다른 이름으로 쓰는 중</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>예</translation>
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
        <source>no keys</source>
        <translation>단축키 없음</translation>
    </message>
    <message>
        <source>not there any more</source>
        <translation>이제 없음</translation>
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
        <source>{done} of {all} steps done</source>
        <translation>{all}단계 중 {done}단계 완료</translation>
    </message>
    <message>
        <source>{file}, made for {device}</source>
        <translation>{file}, 대상 장치: {device}</translation>
    </message>
    <message>
        <source>{keys} is taken by: {what}</source>
        <translation>{keys}은(는) 이미 쓰는 단축키입니다: {what}</translation>
    </message>
    <message>
        <source>{low}–{high} min left</source>
        <translation>{low}~{high}분 남음</translation>
    </message>
    <message>
        <source>{low}–{high} s left</source>
        <translation>{low}~{high}초 남음</translation>
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
        <source>{title}: ending it…</source>
        <translation>{title}: 끝내는 중…</translation>
    </message>
    <message>
        <source>{title}: {done} of {total}</source>
        <translation>{title}: {total}개 중 {done}개</translation>
    </message>
    <message>
        <source>{work}: done</source>
        <translation>{work}: 끝났습니다</translation>
    </message>
    <message>
        <source>{work}: ended</source>
        <translation>{work}: 끝</translation>
    </message>
</context>
</TS>
