<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ko" sourcelanguage="en">
<context>
    <name>studio</name>
    <message>
        <source>15 minutes</source>
        <translation>15분</translation>
    </message>
    <message>
        <source>2 minutes: a first look</source>
        <translation>2분: 가볍게 살펴보기</translation>
    </message>
    <message>
        <source>5 minutes</source>
        <translation>5분</translation>
    </message>
    <message>
        <source>A click here sorts by what matters to you.</source>
        <translation>여기를 누르면 중요하게 여기는 순서로 정렬합니다.</translation>
    </message>
    <message>
        <source>A false alarm costs</source>
        <translation>거짓 경보 비용</translation>
    </message>
    <message>
        <source>A first model in {first}; {trials} trainings, {full} of them in full. Estimated {why}.</source>
        <translation>첫 모델까지 {first}, 학습 {trials}번, 그중 끝까지 {full}번. {why} 추정했습니다.</translation>
    </message>
    <message>
        <source>A miss costs</source>
        <translation>놓쳤을 때 비용</translation>
    </message>
    <message>
        <source>A search needs labelled {samples} of at least two classes.</source>
        <translation>탐색하려면 두 클래스 이상의 라벨된 {samples} 데이터가 필요합니다.</translation>
    </message>
    <message>
        <source>A search needs {n} rows or more that say their amount.</source>
        <translation>탐색하려면 값이 적힌 행이 {n}개 이상 필요합니다.</translation>
    </message>
    <message>
        <source>A search of this project is running in another window or terminal.</source>
        <translation>이 프로젝트의 탐색이 다른 창이나 터미널에서 실행 중입니다.</translation>
    </message>
    <message>
        <source>Accuracy</source>
        <translation>정확도</translation>
    </message>
    <message>
        <source>Amounts of model #{id}</source>
        <translation>모델 #{id}의 값</translation>
    </message>
    <message>
        <source>Amounts: told against true</source>
        <translation>값: 모델이 말한 값과 실제 값</translation>
    </message>
    <message>
        <source>Another time…</source>
        <translation>다른 시간…</translation>
    </message>
    <message>
        <source>As many models were trained as were asked for.</source>
        <translation>요청한 수만큼 모델을 학습했습니다.</translation>
    </message>
    <message>
        <source>Asking the model again and again, with a part hidden each time…</source>
        <translation>한 부분씩 가리고 모델에게 거듭 묻는 중…</translation>
    </message>
    <message>
        <source>Below {share} % the model says “not sure”.</source>
        <translation>{share} % 아래에서는 “모르겠음”이라고 합니다.</translation>
    </message>
    <message>
        <source>Board the model must fit</source>
        <translation>모델이 들어가야 할 보드</translation>
    </message>
    <message>
        <source>Camera</source>
        <translation>카메라</translation>
    </message>
    <message>
        <source>Cancel the search</source>
        <translation>탐색 취소</translation>
    </message>
    <message>
        <source>Cancelled.</source>
        <translation>취소했습니다.</translation>
    </message>
    <message>
        <source>Cancelled; finished models were kept.</source>
        <translation>취소했습니다. 완성된 모델은 남아 있습니다.</translation>
    </message>
    <message>
        <source>Choose a board and how long the computer may search, then start.</source>
        <translation>보드와 탐색 시간을 고른 다음 시작하세요.</translation>
    </message>
    <message>
        <source>Choose a file to try</source>
        <translation>써 볼 파일 고르기</translation>
    </message>
    <message>
        <source>Choose a file…</source>
        <translation>파일 고르기…</translation>
    </message>
    <message>
        <source>Choose one of the samples to see what its answer depends on.</source>
        <translation>샘플을 하나 고르면 답이 어디에 달려 있는지 보여 줍니다.</translation>
    </message>
    <message>
        <source>Class by class</source>
        <translation>클래스별로</translation>
    </message>
    <message>
        <source>Compare with</source>
        <translation>비교할 모델</translation>
    </message>
    <message>
        <source>Comparing…</source>
        <translation>비교하는 중…</translation>
    </message>
    <message>
        <source>Confusion matrix</source>
        <translation>혼동 행렬</translation>
    </message>
    <message>
        <source>Counted in what one “not sure” costs you.</source>
        <translation>“모르겠음” 한 번의 비용을 1로 셉니다.</translation>
    </message>
    <message>
        <source>Counting…</source>
        <translation>세는 중…</translation>
    </message>
    <message>
        <source>Drop a picture here, paste one with Ctrl+V, or hold something to the camera.</source>
        <translation>여기에 사진을 놓거나, Ctrl+V로 붙여 넣거나, 카메라에 비추세요.</translation>
    </message>
    <message>
        <source>Drop a recording here, or let a board that prints its values be read.</source>
        <translation>여기에 기록 파일을 놓거나, 값을 출력하는 보드를 읽으세요.</translation>
    </message>
    <message>
        <source>Ends at once; models that are finished are kept.</source>
        <translation>바로 끝납니다. 완성된 모델은 남습니다.</translation>
    </message>
    <message>
        <source>Every configuration that fits was tried.</source>
        <translation>들어가는 구성을 모두 시도했습니다.</translation>
    </message>
    <message>
        <source>Figures for each class</source>
        <translation>클래스별 수치</translation>
    </message>
    <message>
        <source>Fill in a row; what is left empty counts as missing.</source>
        <translation>한 행을 채우세요. 비워 둔 칸은 빠진 값으로 봅니다.</translation>
    </message>
    <message>
        <source>Find out (up to {n} min)</source>
        <translation>알아보기(최대 {n}분)</translation>
    </message>
    <message>
        <source>For a board that is not in the list. Speed is told once a board ran it.</source>
        <translation>목록에 없는 보드를 위한 설정입니다. 속도는 보드에서 실행해야 알 수 있습니다.</translation>
    </message>
    <message>
        <source>For comparison, {name}, which no small device runs, comes to a score of {score}.</source>
        <translation>비교: 작은 장치에서는 돌릴 수 없는 {name}의 점수는 {score}입니다.</translation>
    </message>
    <message>
        <source>Found</source>
        <translation>찾음</translation>
    </message>
    <message>
        <source>Found, float</source>
        <translation>찾음(float)</translation>
    </message>
    <message>
        <source>Getting the model ready…</source>
        <translation>모델을 준비하는 중…</translation>
    </message>
    <message>
        <source>Go on</source>
        <translation>계속</translation>
    </message>
    <message>
        <source>Go on with the last search</source>
        <translation>지난 탐색 이어 하기</translation>
    </message>
    <message>
        <source>How long to search</source>
        <translation>탐색 시간</translation>
    </message>
    <message>
        <source>How much it matters: {what}</source>
        <translation>중요한 정도: {what}</translation>
    </message>
    <message>
        <source>How sure: {bars}</source>
        <translation>확신: {bars}</translation>
    </message>
    <message>
        <source>In words</source>
        <translation>말로 하면</translation>
    </message>
    <message>
        <source>Is another model better?</source>
        <translation>다른 모델이 더 나을까요?</translation>
    </message>
    <message>
        <source>It fits none of the boards; see Device for why.</source>
        <translation>들어가는 보드가 없습니다. 이유는 장치 화면에서 보세요.</translation>
    </message>
    <message>
        <source>Largest model file</source>
        <translation>모델 파일의 최대 크기</translation>
    </message>
    <message>
        <source>Learning a first model</source>
        <translation>첫 모델을 학습하는 중</translation>
    </message>
    <message>
        <source>Listening; nothing of it is kept.</source>
        <translation>듣는 중입니다. 아무것도 저장하지 않습니다.</translation>
    </message>
    <message>
        <source>Little memory</source>
        <translation>적은 메모리</translation>
    </message>
    <message>
        <source>Memory</source>
        <translation>메모리</translation>
    </message>
    <message>
        <source>Memory for the model's intermediate values under TensorFlow Lite Micro</source>
        <translation>TensorFlow Lite Micro에서 모델의 중간값에 쓰이는 메모리</translation>
    </message>
    <message>
        <source>Microphone</source>
        <translation>마이크</translation>
    </message>
    <message>
        <source>Minutes to search</source>
        <translation>탐색할 시간(분)</translation>
    </message>
    <message>
        <source>Missed</source>
        <translation>놓침</translation>
    </message>
    <message>
        <source>Mistakes of model #{id}</source>
        <translation>모델 #{id}의 오답</translation>
    </message>
    <message>
        <source>Model</source>
        <translation>모델</translation>
    </message>
    <message>
        <source>Model #{id}: {result} on {side}</source>
        <translation>모델 #{id}: {result}({side})</translation>
    </message>
    <message>
        <source>Model {n}: pass {epoch} of {epochs}</source>
        <translation>모델 {n}: {epochs}회 중 {epoch}회째(에포크)</translation>
    </message>
    <message>
        <source>Models, best first</source>
        <translation>모델, 좋은 순서</translation>
    </message>
    <message>
        <source>Models: accuracy against size</source>
        <translation>모델: 크기에 따른 정확도</translation>
    </message>
    <message>
        <source>Most working memory (RAM)</source>
        <translation>작업 메모리(RAM) 최대</translation>
    </message>
    <message>
        <source>My own limits instead</source>
        <translation>직접 한계 정하기</translation>
    </message>
    <message>
        <source>No answer</source>
        <translation>답 없음</translation>
    </message>
    <message>
        <source>No board has this name.</source>
        <translation>이 이름의 보드가 없습니다.</translation>
    </message>
    <message>
        <source>No camera is connected. Drop a picture instead.</source>
        <translation>연결된 카메라가 없습니다. 대신 사진을 놓으세요.</translation>
    </message>
    <message>
        <source>No microphone is connected. Drop a recording instead.</source>
        <translation>연결된 마이크가 없습니다. 대신 녹음 파일을 놓으세요.</translation>
    </message>
    <message>
        <source>No mistakes</source>
        <translation>실수 없음</translation>
    </message>
    <message>
        <source>No model yet</source>
        <translation>아직 모델이 없습니다</translation>
    </message>
    <message>
        <source>No single part matters: the answer stays as sure whatever is hidden.</source>
        <translation>특별히 중요한 부분이 없습니다. 어디를 가려도 확신이 그대로입니다.</translation>
    </message>
    <message>
        <source>Nothing happens in</source>
        <translation>이상 없음 클래스</translation>
    </message>
    <message>
        <source>Nothing that is finished is trained again.</source>
        <translation>끝난 것은 다시 학습하지 않습니다.</translation>
    </message>
    <message>
        <source>Of {samples} ({side}): only {first} does better on {a}, only {second} on {b}.</source>
        <translation>{samples}({side}) 중 {first}만 더 나은 것 {a}, {second}만 더 나은 것 {b}.</translation>
    </message>
    <message>
        <source>Off on average: {amount}.</source>
        <translation>평균 오차: {amount}.</translation>
    </message>
    <message>
        <source>On its board</source>
        <translation>대상 보드</translation>
    </message>
    <message>
        <source>On the line the model tells the truth.</source>
        <translation>선 위의 점은 모델이 정확히 맞힌 것입니다.</translation>
    </message>
    <message>
        <source>On {samples} of the {side} side: {answered} answered, {missed} missed, {alarms} false alarms.</source>
        <translation>{side} 쪽 {samples}: 답함 {answered}, 놓침 {missed}, 거짓 경보 {alarms}.</translation>
    </message>
    <message>
        <source>Or drag the model onto a board under Device.</source>
        <translation>또는 장치 화면의 보드 위로 모델을 끌어다 놓으세요.</translation>
    </message>
    <message>
        <source>Over lunch: 1 hour</source>
        <translation>점심시간 동안: 1시간</translation>
    </message>
    <message>
        <source>Overnight: 8 hours</source>
        <translation>밤새: 8시간</translation>
    </message>
    <message>
        <source>Paste a picture</source>
        <translation>사진 붙여 넣기</translation>
    </message>
    <message>
        <source>Pause</source>
        <translation>일시 정지</translation>
    </message>
    <message>
        <source>Paused: its time stands still.</source>
        <translation>일시 정지: 시간이 흐르지 않습니다.</translation>
    </message>
    <message>
        <source>Precision: of the samples called this class, the share that is</source>
        <translation>정밀도: 이 클래스라고 한 샘플 중 실제로 그런 비율</translation>
    </message>
    <message>
        <source>Read the serial port</source>
        <translation>직렬 포트 읽기</translation>
    </message>
    <message>
        <source>Reading {port}.</source>
        <translation>{port} 읽는 중.</translation>
    </message>
    <message>
        <source>Reading {port}; {n} more lines until the first answer.</source>
        <translation>{port} 읽는 중, 첫 답까지 {n}줄 남음.</translation>
    </message>
    <message>
        <source>Recall of the float model before it became int8, on the same samples</source>
        <translation>같은 샘플에서 int8로 바꾸기 전 float 모델의 재현율</translation>
    </message>
    <message>
        <source>Recall: of the samples of this class, the share that was found, int8</source>
        <translation>재현율: 이 클래스의 샘플 중 찾아낸 비율, int8</translation>
    </message>
    <message>
        <source>Reckoning what this would come to…</source>
        <translation>예상 결과를 계산하는 중…</translation>
    </message>
    <message>
        <source>Results</source>
        <translation>결과</translation>
    </message>
    <message>
        <source>Right when said</source>
        <translation>말했을 때 맞음</translation>
    </message>
    <message>
        <source>Right: {share}.</source>
        <translation>맞힌 비율: {share}.</translation>
    </message>
    <message>
        <source>Rows: what it is; columns: what the model says.</source>
        <translation>행: 실제 클래스, 열: 모델의 답.</translation>
    </message>
    <message>
        <source>Samples behind the figures</source>
        <translation>수치에 해당하는 샘플</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>탐색</translation>
    </message>
    <message>
        <source>Search for a model</source>
        <translation>모델 탐색</translation>
    </message>
    <message>
        <source>Serial port</source>
        <translation>직렬 포트</translation>
    </message>
    <message>
        <source>Show under Label</source>
        <translation>라벨에서 보기</translation>
    </message>
    <message>
        <source>Size</source>
        <translation>크기</translation>
    </message>
    <message>
        <source>Size of the int8 TensorFlow Lite file</source>
        <translation>int8 TensorFlow Lite 파일의 크기</translation>
    </message>
    <message>
        <source>Small file</source>
        <translation>작은 파일</translation>
    </message>
    <message>
        <source>Speed</source>
        <translation>속도</translation>
    </message>
    <message>
        <source>Speed of the serial port</source>
        <translation>직렬 포트 속도</translation>
    </message>
    <message>
        <source>Start the search</source>
        <translation>탐색 시작</translation>
    </message>
    <message>
        <source>Started now it ends by {clock} at the latest.</source>
        <translation>지금 시작하면 늦어도 {clock}에 끝납니다.</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>멈추기</translation>
    </message>
    <message>
        <source>Stopped; the best model was kept.</source>
        <translation>멈췄습니다. 가장 좋은 모델은 남아 있습니다.</translation>
    </message>
    <message>
        <source>Test</source>
        <translation>시험</translation>
    </message>
    <message>
        <source>Tested</source>
        <translation>시험 수</translation>
    </message>
    <message>
        <source>The answer stands here.</source>
        <translation>답이 여기에 나타납니다.</translation>
    </message>
    <message>
        <source>The answers of this model were not kept: it was found by an earlier version. Search again.</source>
        <translation>이 모델의 답이 저장되어 있지 않습니다(이전 버전에서 만든 모델). 다시 탐색하세요.</translation>
    </message>
    <message>
        <source>The camera is on; nothing of it is kept.</source>
        <translation>카메라가 켜져 있습니다. 아무것도 저장하지 않습니다.</translation>
    </message>
    <message>
        <source>The camera stopped: {why}.</source>
        <translation>카메라가 멈췄습니다: {why}.</translation>
    </message>
    <message>
        <source>The chosen point</source>
        <translation>고른 점</translation>
    </message>
    <message>
        <source>The class that means nothing happens</source>
        <translation>아무 일도 없음을 뜻하는 클래스</translation>
    </message>
    <message>
        <source>The darker, the more the answer depends on it: hidden, the model is up to {points} points less sure. Asked {n} times, int8 model.</source>
        <translation>어두울수록 답이 그곳에 더 달려 있습니다. 가리면 확신이 최대 {points}점 줄어듭니다. int8 모델에게 {n}번 물었습니다.</translation>
    </message>
    <message>
        <source>The disk refused what the search wanted to write: is it full? Every finished model is kept; make room and go on.</source>
        <translation>디스크에 쓸 수 없습니다. 가득 찼나요? 끝난 모델은 모두 남아 있으니 공간을 비우고 계속하세요.</translation>
    </message>
    <message>
        <source>The int8 model itself answered, as it would on a board.</source>
        <translation>보드에서와 똑같이 int8 모델이 직접 답했습니다.</translation>
    </message>
    <message>
        <source>The search ended before its first model was trained. Give it more time.</source>
        <translation>첫 모델을 학습하기 전에 탐색이 끝났습니다. 시간을 더 주세요.</translation>
    </message>
    <message>
        <source>The search ended early; finished models were kept.</source>
        <translation>탐색이 일찍 끝났습니다. 완성된 모델은 남아 있습니다.</translation>
    </message>
    <message>
        <source>The search was interrupted: its worker ended unexpectedly. Every finished model is kept; go on with the search where it was.</source>
        <translation>탐색이 중단되었습니다. 작업 프로세스가 갑자기 끝났습니다. 끝난 모델은 모두 남아 있으니 멈춘 곳부터 계속하세요.</translation>
    </message>
    <message>
        <source>The time is used up.</source>
        <translation>시간을 다 썼습니다.</translation>
    </message>
    <message>
        <source>The time was too short to train on three amounts of data.</source>
        <translation>세 가지 분량의 데이터로 학습하기에는 시간이 부족했습니다.</translation>
    </message>
    <message>
        <source>The trainings on parts of the data ended early.</source>
        <translation>데이터 일부로 하는 학습이 일찍 끝났습니다.</translation>
    </message>
    <message>
        <source>The two models are of different dataset versions and cannot be compared.</source>
        <translation>두 모델은 데이터 버전이 달라 비교할 수 없습니다.</translation>
    </message>
    <message>
        <source>There are no parts to hide in what this model sees of it.</source>
        <translation>이 모델이 보는 것에는 가릴 부분이 없습니다.</translation>
    </message>
    <message>
        <source>There are too few samples to tell.</source>
        <translation>판단하기에 샘플이 너무 적습니다.</translation>
    </message>
    <message>
        <source>There is no picture or file to paste.</source>
        <translation>붙여 넣을 사진이나 파일이 없습니다.</translation>
    </message>
    <message>
        <source>This computer lacks what cameras need.</source>
        <translation>이 컴퓨터에는 카메라에 필요한 것이 없습니다.</translation>
    </message>
    <message>
        <source>This computer lacks what microphones need.</source>
        <translation>이 컴퓨터에는 마이크에 필요한 것이 없습니다.</translation>
    </message>
    <message>
        <source>This computer lacks what serial ports need.</source>
        <translation>이 컴퓨터에는 직렬 포트에 필요한 것이 없습니다.</translation>
    </message>
    <message>
        <source>This file cannot be read. Check that it is a file and that you may read it.</source>
        <translation>이 파일을 읽을 수 없습니다. 파일이 맞는지, 읽을 권한이 있는지 확인하세요.</translation>
    </message>
    <message>
        <source>This file is too large to try. Try a smaller one.</source>
        <translation>써 보기에는 파일이 너무 큽니다. 더 작은 파일로 해 보세요.</translation>
    </message>
    <message>
        <source>This is nothing the model can look at: it is damaged, too large, or of another kind. Try another one.</source>
        <translation>모델이 볼 수 없는 파일입니다. 손상되었거나 너무 크거나 다른 종류입니다. 다른 것으로 해 보세요.</translation>
    </message>
    <message>
        <source>This is shorter than what the model looks at. Try a longer one.</source>
        <translation>모델이 보는 길이보다 짧습니다. 더 긴 것으로 해 보세요.</translation>
    </message>
    <message>
        <source>This microphone cannot record at {rate} Hz.</source>
        <translation>이 마이크는 {rate} Hz로 녹음할 수 없습니다.</translation>
    </message>
    <message>
        <source>Time for one answer on its board: ● measured, ○ estimated, ? unknown</source>
        <translation>해당 보드에서 한 번 답하는 시간: ● 측정, ○ 추정, ? 알 수 없음</translation>
    </message>
    <message>
        <source>Training on parts of the data</source>
        <translation>데이터 일부로 학습</translation>
    </message>
    <message>
        <source>Training on parts of the data…</source>
        <translation>데이터 일부로 학습하는 중…</translation>
    </message>
    <message>
        <source>Try it</source>
        <translation>써 보기</translation>
    </message>
    <message>
        <source>Try model #{id}</source>
        <translation>모델 #{id} 써 보기</translation>
    </message>
    <message>
        <source>Try the model</source>
        <translation>모델 써 보기</translation>
    </message>
    <message>
        <source>Use on a board…</source>
        <translation>보드에 쓰기…</translation>
    </message>
    <message>
        <source>Validation</source>
        <translation>검증</translation>
    </message>
    <message>
        <source>Validation accuracy over time</source>
        <translation>시간에 따른 검증 정확도</translation>
    </message>
    <message>
        <source>What it will come to is unknown until one search of this kind has run here.</source>
        <translation>이런 탐색이 이 컴퓨터에서 한 번 실행되기 전에는 결과를 예측할 수 없습니다.</translation>
    </message>
    <message>
        <source>What matters to you</source>
        <translation>중요하게 여기는 것</translation>
    </message>
    <message>
        <source>What the answer depends on: {name}</source>
        <translation>답이 달려 있는 곳: {name}</translation>
    </message>
    <message>
        <source>What the model sees: {size}</source>
        <translation>모델이 보는 것: {size}</translation>
    </message>
    <message>
        <source>When to say “not sure”</source>
        <translation>“모르겠음”이라고 할 때</translation>
    </message>
    <message>
        <source>When what runs now has ended.</source>
        <translation>지금 실행 중인 일이 끝난 뒤에 할 수 있습니다.</translation>
    </message>
    <message>
        <source>Why this answer?</source>
        <translation>왜 이렇게 답했을까요?</translation>
    </message>
    <message>
        <source>Worst mistakes</source>
        <translation>가장 큰 실수</translation>
    </message>
    <message>
        <source>Worst mistakes first</source>
        <translation>가장 큰 실수부터</translation>
    </message>
    <message>
        <source>Would more data help?</source>
        <translation>데이터가 더 있으면 나아질까요?</translation>
    </message>
    <message>
        <source>a search is running</source>
        <translation>탐색 중입니다</translation>
    </message>
    <message>
        <source>amount the model tells</source>
        <translation>모델이 말한 값</translation>
    </message>
    <message>
        <source>best model: {share} of the {samples} right ({side})</source>
        <translation>가장 좋은 모델: {samples} 중 {share} 맞힘({side})</translation>
    </message>
    <message>
        <source>best model: {share} off on average</source>
        <translation>최고 모델: 평균 오차 {share}</translation>
    </message>
    <message>
        <source>choose a model</source>
        <translation>모델 고르기</translation>
    </message>
    <message>
        <source>from a short calibration of this computer</source>
        <translation>이 컴퓨터를 짧게 재어</translation>
    </message>
    <message>
        <source>from earlier searches of this project</source>
        <translation>이 프로젝트의 이전 탐색으로</translation>
    </message>
    <message>
        <source>from searches of other projects on this computer</source>
        <translation>이 컴퓨터의 다른 프로젝트 탐색으로</translation>
    </message>
    <message>
        <source>instant</source>
        <translation>즉석</translation>
    </message>
    <message>
        <source>int8, on samples never used for training or choosing, with its 95 % interval</source>
        <translation>학습에도 고르는 데도 쓰지 않은 샘플에서 잰 int8 결과와 95 % 구간</translation>
    </message>
    <message>
        <source>int8, on the samples used for choosing, with its 95 % interval</source>
        <translation>고르는 데 쓴 샘플에서 잰 int8 결과와 95 % 구간</translation>
    </message>
    <message>
        <source>limit {size}</source>
        <translation>한계 {size}</translation>
    </message>
    <message>
        <source>min</source>
        <translation>분</translation>
    </message>
    <message>
        <source>minutes</source>
        <translation>분</translation>
    </message>
    <message>
        <source>no limit</source>
        <translation>제한 없음</translation>
    </message>
    <message>
        <source>no model yet</source>
        <translation>아직 모델이 없음</translation>
    </message>
    <message>
        <source>none tested</source>
        <translation>시험한 것이 없음</translation>
    </message>
    <message>
        <source>not sure</source>
        <translation>모르겠음</translation>
    </message>
    <message>
        <source>own limits</source>
        <translation>직접 정한 한계</translation>
    </message>
    <message>
        <source>s</source>
        <translation>초</translation>
    </message>
    <message>
        <source>searching</source>
        <translation>탐색 중</translation>
    </message>
    <message>
        <source>searching, best {share} so far</source>
        <translation>탐색 중, 지금까지 최고 {share}</translation>
    </message>
    <message>
        <source>size of the int8 model, KiB</source>
        <translation>int8 모델 크기, KiB</translation>
    </message>
    <message>
        <source>size of the int8 model, KiB (limit {size})</source>
        <translation>int8 모델 크기, KiB(한계 {size})</translation>
    </message>
    <message>
        <source>there is no other yet</source>
        <translation>아직 다른 모델이 없음</translation>
    </message>
    <message>
        <source>true amount</source>
        <translation>실제 값</translation>
    </message>
    <message>
        <source>validation accuracy, %</source>
        <translation>검증 정확도, %</translation>
    </message>
    <message>
        <source>variance explained, %</source>
        <translation>설명된 분산, %</translation>
    </message>
    <message>
        <source>{agreeing} of {windows} windows say so.</source>
        <translation>구간 {windows}개 중 {agreeing}개가 그렇게 답했습니다.</translation>
    </message>
    <message>
        <source>{core}, {ram} RAM, {flash} flash</source>
        <translation>{core}, RAM {ram}, 플래시 {flash}</translation>
    </message>
    <message>
        <source>{missed} of {of}; the true rate may be up to {most} %</source>
        <translation>{of}개 중 {missed}개, 실제로는 {most} %까지일 수 있음</translation>
    </message>
    <message>
        <source>{name}, called rightly</source>
        <translation>{name}, 바르게 답함</translation>
    </message>
    <message>
        <source>{name}: the model says {said}, {share} sure.</source>
        <translation>{name}: 모델의 답은 {said}, 확신 {share}.</translation>
    </message>
    <message>
        <source>{n} could not be trained.</source>
        <translation>{n}개는 학습할 수 없었습니다.</translation>
    </message>
    <message>
        <source>{n} left out before training, so no time was spent on them: {ram} need too much memory, {flash} have too large a file.</source>
        <translation>{n}개는 학습 전에 제외하여 시간을 쓰지 않았습니다. 메모리 초과 {ram}개, 파일 크기 초과 {flash}개.</translation>
    </message>
    <message>
        <source>{n} left out: this computer's memory is too small to train them.</source>
        <translation>{n}개 제외: 이 컴퓨터의 메모리로는 학습할 수 없습니다.</translation>
    </message>
    <message>
        <source>{n} lines were no numbers.</source>
        <translation>숫자가 아닌 줄 {n}개.</translation>
    </message>
    <message>
        <source>{port} cannot be opened: {why}.</source>
        <translation>{port} 포트를 열 수 없습니다: {why}.</translation>
    </message>
    <message>
        <source>{port} is gone: was it unplugged? Plug it in and start again.</source>
        <translation>{port} 연결이 끊겼습니다. 뽑혔나요? 다시 꽂고 시작하세요.</translation>
    </message>
    <message>
        <source>{samples} kept aside for the test, int8.</source>
        <translation>시험용으로 따로 둔 {samples}, int8.</translation>
    </message>
    <message>
        <source>{samples} of {true} called {said}</source>
        <translation>{true} {samples}: {said}(으)로 답함</translation>
    </message>
    <message>
        <source>{samples} used for choosing (validation), int8; the test comes when it is the best.</source>
        <translation>고르는 데 쓴(검증) {samples}, int8. 가장 좋은 모델이 되면 시험합니다.</translation>
    </message>
    <message>
        <source>{samples}: error {value} ({low} – {high})</source>
        <translation>{samples}: 오차 {value} ({low} – {high})</translation>
    </message>
    <message>
        <source>{share} % of new amounts lie within ±{width} {unit} of what the model tells.</source>
        <translation>새로운 값의 {share} %는 모델이 말한 값에서 ±{width} {unit} 안에 있습니다.</translation>
    </message>
    <message>
        <source>{true} called {said}</source>
        <translation>{true} → {said}(으)로 답함</translation>
    </message>
    <message>
        <source>{used} of {budget} used</source>
        <translation>{budget} 중 {used} 사용</translation>
    </message>
    <message>
        <source>−{points} points</source>
        <translation>−{points}점</translation>
    </message>
    <message>
        <source>◆: no other model is better in accuracy, size and memory at once.</source>
        <translation>◆: 정확도, 크기, 메모리 모두에서 더 나은 모델이 없습니다.</translation>
    </message>
    <message>
        <source>● trained   ▲ learned at once   ring: no other is better in all</source>
        <translation>● 학습함   ▲ 즉석에서 만듦   테두리: 모든 면에서 더 나은 것이 없음</translation>
    </message>
</context>
</TS>
