<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ko" sourcelanguage="en">
<context>
    <name>studio</name>
    <message>
        <source>A digit sets the class and goes on to the next without one.</source>
        <translation>숫자 키를 누르면 클래스를 정하고 클래스 없는 다음 것으로 갑니다.</translation>
    </message>
    <message>
        <source>Accept {n} as suggested</source>
        <translation>제안 {n}개 받아들이기</translation>
    </message>
    <message>
        <source>Add a filter</source>
        <translation>필터 추가</translation>
    </message>
    <message>
        <source>All of them must hold. Take one away by clicking it, or show all.</source>
        <translation>모든 필터를 만족해야 합니다. 하나를 눌러 빼거나 모두 보세요.</translation>
    </message>
    <message>
        <source>All: {samples}</source>
        <translation>모두: {samples}</translation>
    </message>
    <message>
        <source>Ask now</source>
        <translation>지금 물어보기</translation>
    </message>
    <message>
        <source>Ask the model</source>
        <translation>모델에게 묻기</translation>
    </message>
    <message>
        <source>Asking what the samples are</source>
        <translation>샘플이 무엇인지 묻는 중</translation>
    </message>
    <message>
        <source>Back to all</source>
        <translation>전체로 돌아가기</translation>
    </message>
    <message>
        <source>Before and after this one</source>
        <translation>이 사진의 앞과 뒤</translation>
    </message>
    <message>
        <source>Change a mark: {name}</source>
        <translation>표시 바꾸기: {name}</translation>
    </message>
    <message>
        <source>Class</source>
        <translation>클래스</translation>
    </message>
    <message>
        <source>Class for what is selected</source>
        <translation>선택한 것의 클래스</translation>
    </message>
    <message>
        <source>Class of this row</source>
        <translation>이 행의 클래스</translation>
    </message>
    <message>
        <source>Class, or a new name</source>
        <translation>클래스 또는 새 이름</translation>
    </message>
    <message>
        <source>Class: {name}</source>
        <translation>클래스: {name}</translation>
    </message>
    <message>
        <source>Classes</source>
        <translation>클래스</translation>
    </message>
    <message>
        <source>Classes, and which samples to show</source>
        <translation>클래스와 보여 줄 샘플</translation>
    </message>
    <message>
        <source>Clear class</source>
        <translation>클래스 지우기</translation>
    </message>
    <message>
        <source>Clear the class of {n}</source>
        <translation>{n}개의 클래스 지우기</translation>
    </message>
    <message>
        <source>Click to remove this filter</source>
        <translation>누르면 이 필터가 빠집니다</translation>
    </message>
    <message>
        <source>Delete marks: {n}</source>
        <translation>표시 {n}개 삭제</translation>
    </message>
    <message>
        <source>Delete the box</source>
        <translation>상자 삭제</translation>
    </message>
    <message>
        <source>Delete the class</source>
        <translation>클래스 삭제</translation>
    </message>
    <message>
        <source>Delete the class {name}</source>
        <translation>클래스 {name} 삭제</translation>
    </message>
    <message>
        <source>Delete the class {name}? {samples} lose it, marks of it go. Undo brings it back.</source>
        <translation>클래스 {name}을(를) 삭제할까요? {samples}에서 이 클래스가 없어지고 그 표시도 사라집니다. 실행 취소로 되돌릴 수 있습니다.</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>완료</translation>
    </message>
    <message>
        <source>Drag to draw a box; a digit says its class, now {name}. Boxes are kept and exported; models learn from the class of the whole photo.</source>
        <translation>끌어서 상자를 그리고 숫자 키로 클래스를 정합니다. 지금은 {name}. 상자는 저장되고 내보내지지만, 모델은 사진 전체의 클래스로 배웁니다.</translation>
    </message>
    <message>
        <source>Drag to mark seconds, then press a digit. The wheel zooms; Shift and a drag move on.</source>
        <translation>끌어서 구간을 표시하고 숫자 키를 누르세요. 휠로 확대하고 Shift를 누른 채 끌면 옆으로 이동합니다.</translation>
    </message>
    <message>
        <source>Draw a box: {name}</source>
        <translation>상자 그리기: {name}</translation>
    </message>
    <message>
        <source>Draw boxes</source>
        <translation>상자 그리기</translation>
    </message>
    <message>
        <source>End of the range in seconds</source>
        <translation>구간의 끝(초)</translation>
    </message>
    <message>
        <source>Every {sample} has a class.</source>
        <translation>모두 클래스가 있습니다: {sample}.</translation>
    </message>
    <message>
        <source>Fit</source>
        <translation>맞춤</translation>
    </message>
    <message>
        <source>Full size</source>
        <translation>원래 크기</translation>
    </message>
    <message>
        <source>History</source>
        <translation>작업 기록</translation>
    </message>
    <message>
        <source>Import {n} from {name}</source>
        <translation>{name}에서 {n}개 가져오기</translation>
    </message>
    <message>
        <source>In random order</source>
        <translation>무작위 순서</translation>
    </message>
    <message>
        <source>In the order of import</source>
        <translation>가져온 순서</translation>
    </message>
    <message>
        <source>Keys of this page</source>
        <translation>이 페이지의 단축키</translation>
    </message>
    <message>
        <source>Label {n}: {name}</source>
        <translation>{n}개 라벨: {name}</translation>
    </message>
    <message>
        <source>Larger</source>
        <translation>크게</translation>
    </message>
    <message>
        <source>Least certain first</source>
        <translation>가장 불확실한 것부터</translation>
    </message>
    <message>
        <source>Leave out of training</source>
        <translation>학습에서 빼기</translation>
    </message>
    <message>
        <source>Leave out {n}</source>
        <translation>{n}개 빼기</translation>
    </message>
    <message>
        <source>Let in again</source>
        <translation>다시 넣기</translation>
    </message>
    <message>
        <source>Let in {n} again</source>
        <translation>{n}개 다시 넣기</translation>
    </message>
    <message>
        <source>Like its neighbours</source>
        <translation>비슷한 이웃</translation>
    </message>
    <message>
        <source>Make {name} ({samples}) a part of {into}? Undo brings it back.</source>
        <translation>{name}({samples})을(를) {into}에 합칠까요? 실행 취소로 되돌릴 수 있습니다.</translation>
    </message>
    <message>
        <source>Mark a time range: {name}</source>
        <translation>구간 표시: {name}</translation>
    </message>
    <message>
        <source>Mark these seconds</source>
        <translation>이 구간 표시</translation>
    </message>
    <message>
        <source>Merge</source>
        <translation>합치기</translation>
    </message>
    <message>
        <source>Merge into</source>
        <translation>다음에 합치기</translation>
    </message>
    <message>
        <source>Merge {name} into {new}</source>
        <translation>{name}을(를) {new}에 합치기</translation>
    </message>
    <message>
        <source>More is found once the nearest neighbours were asked.</source>
        <translation>가장 가까운 이웃에게 물어보면 더 찾을 수 있습니다.</translation>
    </message>
    <message>
        <source>Most useful first</source>
        <translation>가장 도움이 되는 것부터</translation>
    </message>
    <message>
        <source>Move a time range</source>
        <translation>구간 옮기기</translation>
    </message>
    <message>
        <source>Move to session</source>
        <translation>세션으로 옮기기</translation>
    </message>
    <message>
        <source>Move {n} to another session</source>
        <translation>{n}개를 다른 세션으로 옮기기</translation>
    </message>
    <message>
        <source>New class</source>
        <translation>새 클래스</translation>
    </message>
    <message>
        <source>New class {name}</source>
        <translation>새 클래스 {name}</translation>
    </message>
    <message>
        <source>New name of the class</source>
        <translation>클래스의 새 이름</translation>
    </message>
    <message>
        <source>Next</source>
        <translation>다음</translation>
    </message>
    <message>
        <source>Next box</source>
        <translation>다음 상자</translation>
    </message>
    <message>
        <source>No labels contradict each other.</source>
        <translation>서로 어긋나는 라벨이 없습니다.</translation>
    </message>
    <message>
        <source>No {samples} yet. Add some under Data.</source>
        <translation>아직 없습니다: {samples}. 데이터에서 추가하세요.</translation>
    </message>
    <message>
        <source>Nobody has said yet what the {samples} are.</source>
        <translation>무엇인지 아직 아무도 말하지 않았습니다: {samples}.</translation>
    </message>
    <message>
        <source>Nobody said how many values a second these are, so seconds cannot be marked. Import it again and say the rate.</source>
        <translation>1초에 값이 몇 개인지 알 수 없어 구간을 표시할 수 없습니다. 다시 가져오면서 샘플링 속도를 알려 주세요.</translation>
    </message>
    <message>
        <source>Nothing passes these filters.</source>
        <translation>이 필터를 모두 만족하는 것이 없습니다.</translation>
    </message>
    <message>
        <source>One at a time</source>
        <translation>하나씩 보기</translation>
    </message>
    <message>
        <source>One at a time, and back</source>
        <translation>하나씩 보기와 전체 보기</translation>
    </message>
    <message>
        <source>Photo</source>
        <translation>사진</translation>
    </message>
    <message>
        <source>Photos</source>
        <translation>사진</translation>
    </message>
    <message>
        <source>Play</source>
        <translation>재생</translation>
    </message>
    <message>
        <source>Predicted</source>
        <translation>예측</translation>
    </message>
    <message>
        <source>Predicted as</source>
        <translation>예측한 클래스</translation>
    </message>
    <message>
        <source>Predicted as: {name}</source>
        <translation>예측: {name}</translation>
    </message>
    <message>
        <source>Predicted otherwise</source>
        <translation>예측이 라벨과 다름</translation>
    </message>
    <message>
        <source>Previous</source>
        <translation>이전</translation>
    </message>
    <message>
        <source>Reading the recording…</source>
        <translation>측정 기록을 읽는 중…</translation>
    </message>
    <message>
        <source>Reading…</source>
        <translation>읽는 중…</translation>
    </message>
    <message>
        <source>Redo up to here</source>
        <translation>여기까지 다시 실행</translation>
    </message>
    <message>
        <source>Remove</source>
        <translation>제거</translation>
    </message>
    <message>
        <source>Remove from the project…</source>
        <translation>프로젝트에서 제거…</translation>
    </message>
    <message>
        <source>Remove the filter {filter}</source>
        <translation>필터 {filter} 빼기</translation>
    </message>
    <message>
        <source>Remove {n}</source>
        <translation>{n}개 제거</translation>
    </message>
    <message>
        <source>Remove {samples} from the project? Undo brings them back.</source>
        <translation>{samples}을(를) 프로젝트에서 제거할까요? 실행 취소로 되돌릴 수 있습니다.</translation>
    </message>
    <message>
        <source>Rename {name} to {new}</source>
        <translation>{name}의 이름을 {new}(으)로 바꾸기</translation>
    </message>
    <message>
        <source>Rename…</source>
        <translation>이름 바꾸기…</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>행</translation>
    </message>
    <message>
        <source>Sample</source>
        <translation>샘플</translation>
    </message>
    <message>
        <source>Sample, sessions and history</source>
        <translation>샘플, 세션, 작업 기록</translation>
    </message>
    <message>
        <source>Samples of a session were taken in one go and stay on one side of the split. Drop some here to move them.</source>
        <translation>한 세션의 샘플은 한 번에 찍은 것이라 학습과 시험 중 한쪽에만 둡니다. 여기에 끌어 놓으면 옮겨집니다.</translation>
    </message>
    <message>
        <source>Search in names</source>
        <translation>이름에서 찾기</translation>
    </message>
    <message>
        <source>Select one to see what is known of it.</source>
        <translation>하나를 선택하면 알려진 것을 보여 줍니다.</translation>
    </message>
    <message>
        <source>Select some to give them a class</source>
        <translation>클래스를 정할 것을 선택하세요</translation>
    </message>
    <message>
        <source>Session for what is selected</source>
        <translation>선택한 것의 세션</translation>
    </message>
    <message>
        <source>Session: {name}</source>
        <translation>세션: {name}</translation>
    </message>
    <message>
        <source>Sessions; drop samples on one to move them there</source>
        <translation>세션 목록. 샘플을 끌어 놓으면 그 세션으로 옮깁니다</translation>
    </message>
    <message>
        <source>Set class</source>
        <translation>클래스 지정</translation>
    </message>
    <message>
        <source>Set class {n}</source>
        <translation>클래스 {n} 지정</translation>
    </message>
    <message>
        <source>Set class {n}: {name}</source>
        <translation>클래스 {n} 지정: {name}</translation>
    </message>
    <message>
        <source>Show all</source>
        <translation>모두 보기</translation>
    </message>
    <message>
        <source>Signal over time</source>
        <translation>시간에 따른 신호</translation>
    </message>
    <message>
        <source>Silence</source>
        <translation>멈춤</translation>
    </message>
    <message>
        <source>Size of the pictures</source>
        <translation>사진 크기</translation>
    </message>
    <message>
        <source>Skip</source>
        <translation>건너뛰기</translation>
    </message>
    <message>
        <source>Skip to the next without a class</source>
        <translation>클래스 없는 다음 것으로</translation>
    </message>
    <message>
        <source>Smaller</source>
        <translation>작게</translation>
    </message>
    <message>
        <source>Start of the range in seconds</source>
        <translation>구간의 시작(초)</translation>
    </message>
    <message>
        <source>Surest first</source>
        <translation>가장 확실한 것부터</translation>
    </message>
    <message>
        <source>Suspicious</source>
        <translation>의심스러움</translation>
    </message>
    <message>
        <source>Take what is suggested</source>
        <translation>제안 받아들이기</translation>
    </message>
    <message>
        <source>Taken</source>
        <translation>찍은 때</translation>
    </message>
    <message>
        <source>Text: {words}</source>
        <translation>글자: {words}</translation>
    </message>
    <message>
        <source>The best model, or the nearest neighbours without one, can be asked.</source>
        <translation>가장 좋은 모델에게, 모델이 없으면 가장 가까운 이웃에게 물을 수 있습니다.</translation>
    </message>
    <message>
        <source>The sound output cannot play {rate} Hz.</source>
        <translation>이 소리 출력은 {rate} Hz를 재생하지 못합니다.</translation>
    </message>
    <message>
        <source>The usual keys</source>
        <translation>기본 단축키로</translation>
    </message>
    <message>
        <source>This computer has no sound output that is switched on.</source>
        <translation>이 컴퓨터에 켜져 있는 소리 출력이 없습니다.</translation>
    </message>
    <message>
        <source>This installation cannot play sound.</source>
        <translation>이 설치에서는 소리를 재생할 수 없습니다.</translation>
    </message>
    <message>
        <source>Time ranges of this recording</source>
        <translation>이 측정 기록의 구간</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>실행 취소</translation>
    </message>
    <message>
        <source>Undo up to here</source>
        <translation>여기까지 실행 취소</translation>
    </message>
    <message>
        <source>Used for</source>
        <translation>쓰이는 곳</translation>
    </message>
    <message>
        <source>Values are missing in {n} places.</source>
        <translation>{n}곳에 값이 없습니다.</translation>
    </message>
    <message>
        <source>What comes first</source>
        <translation>먼저 볼 것</translation>
    </message>
    <message>
        <source>What was done to it</source>
        <translation>이 샘플의 작업 기록</translation>
    </message>
    <message>
        <source>What was done to this sample</source>
        <translation>이 샘플의 작업 기록</translation>
    </message>
    <message>
        <source>What was done, the newest first</source>
        <translation>작업 기록, 새것부터</translation>
    </message>
    <message>
        <source>Whole recording</source>
        <translation>전체 보기</translation>
    </message>
    <message>
        <source>Without a class</source>
        <translation>클래스 없음</translation>
    </message>
    <message>
        <source>Without a class: {n}</source>
        <translation>클래스 없음: {n}</translation>
    </message>
    <message>
        <source>every {sample} has a class</source>
        <translation>모두 클래스가 있음: {sample}</translation>
    </message>
    <message>
        <source>ignored</source>
        <translation>쓰지 않음</translation>
    </message>
    <message>
        <source>missing</source>
        <translation>빠짐</translation>
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
        <source>seconds</source>
        <translation>초</translation>
    </message>
    <message>
        <source>to be told</source>
        <translation>맞힐 값</translation>
    </message>
    <message>
        <source>{first} to {last} set a class · {clear} clears it · {next} and {previous}: next and previous · {skip}: next without a class · drag onto a class</source>
        <translation>{first}~{last} 클래스 지정 · {clear} 지우기 · {next}와 {previous}: 다음과 이전 · {skip}: 클래스 없는 다음 것 · 클래스로 끌어 놓기</translation>
    </message>
    <message>
        <source>{key} is given twice.</source>
        <translation>{key}이(가) 두 번 쓰였습니다.</translation>
    </message>
    <message>
        <source>{name}, left out</source>
        <translation>{name}, 빠져 있음</translation>
    </message>
    <message>
        <source>{name}: {start} to {end} s</source>
        <translation>{name}: {start}~{end}초</translation>
    </message>
    <message>
        <source>{n} of {all} channels are shown.</source>
        <translation>채널 {all}개 가운데 {n}개를 보여 줍니다.</translation>
    </message>
    <message>
        <source>{samples} selected</source>
        <translation>{samples} 선택됨</translation>
    </message>
    <message>
        <source>{samples} without a class</source>
        <translation>클래스 없음: {samples}</translation>
    </message>
    <message>
        <source>{step} (undone)</source>
        <translation>{step} (취소됨)</translation>
    </message>
</context>
</TS>
