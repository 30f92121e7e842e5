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
        <source>A search needs labelled photos of at least two classes.</source>
        <translation>탐색하려면 두 클래스 이상의 라벨된 사진이 필요합니다.</translation>
    </message>
    <message>
        <source>A search of this project is running in another window or terminal.</source>
        <translation>이 프로젝트의 탐색이 다른 창이나 터미널에서 실행 중입니다.</translation>
    </message>
    <message>
        <source>Accuracy and size</source>
        <translation>정확도와 크기</translation>
    </message>
    <message>
        <source>As many models were trained as were asked for.</source>
        <translation>요청한 수만큼 모델을 학습했습니다.</translation>
    </message>
    <message>
        <source>Board the model must fit</source>
        <translation>모델이 들어가야 할 보드</translation>
    </message>
    <message>
        <source>Cancel the search</source>
        <translation>탐색 취소</translation>
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
        <source>Confusion matrix</source>
        <translation>혼동 행렬</translation>
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
        <source>Go on with the last search</source>
        <translation>지난 탐색 이어 하기</translation>
    </message>
    <message>
        <source>How long to search</source>
        <translation>탐색 시간</translation>
    </message>
    <message>
        <source>Memory for the model's intermediate values under TensorFlow Lite Micro</source>
        <translation>TensorFlow Lite Micro에서 모델의 중간값에 쓰이는 메모리</translation>
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
        <source>No board has this name.</source>
        <translation>이 이름의 보드가 없습니다.</translation>
    </message>
    <message>
        <source>No model yet</source>
        <translation>아직 모델이 없습니다</translation>
    </message>
    <message>
        <source>Nothing that is finished is trained again.</source>
        <translation>끝난 것은 다시 학습하지 않습니다.</translation>
    </message>
    <message>
        <source>On its board</source>
        <translation>대상 보드</translation>
    </message>
    <message>
        <source>Over lunch: 1 hour</source>
        <translation>점심시간 동안: 1시간</translation>
    </message>
    <message>
        <source>Over time</source>
        <translation>시간에 따라</translation>
    </message>
    <message>
        <source>Overnight: 8 hours</source>
        <translation>밤새: 8시간</translation>
    </message>
    <message>
        <source>RAM arena</source>
        <translation>RAM 아레나</translation>
    </message>
    <message>
        <source>Rows: what it is; columns: what the model says. {photos} kept aside for the test, int8.</source>
        <translation>행은 실제, 열은 모델의 답입니다. 시험용으로 따로 둔 {photos}, int8.</translation>
    </message>
    <message>
        <source>Rows: what it is; columns: what the model says. {photos} used for choosing (validation), int8; the test comes when it is the best.</source>
        <translation>행은 실제, 열은 모델의 답입니다. 모델 선택에 쓴 {photos}(검증), int8. 가장 좋은 모델이 되면 시험합니다.</translation>
    </message>
    <message>
        <source>Search for a model</source>
        <translation>모델 탐색</translation>
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
        <source>Start the search</source>
        <translation>탐색 시작</translation>
    </message>
    <message>
        <source>Started now it ends by {clock} at the latest.</source>
        <translation>지금 시작하면 늦어도 {clock}에 끝납니다.</translation>
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
        <source>The search ended early; finished models were kept.</source>
        <translation>탐색이 일찍 끝났습니다. 완성된 모델은 남아 있습니다.</translation>
    </message>
    <message>
        <source>The time is used up.</source>
        <translation>시간을 다 썼습니다.</translation>
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
        <source>a search is running</source>
        <translation>탐색 중입니다</translation>
    </message>
    <message>
        <source>best model: {share} of the {side} right</source>
        <translation>최고 모델: {side} 중 {share} 정답</translation>
    </message>
    <message>
        <source>best model: {share} off on average</source>
        <translation>최고 모델: 평균 오차 {share}</translation>
    </message>
    <message>
        <source>int8 accuracy on photos never used for training or choosing, with its 95 % interval</source>
        <translation>학습과 선택에 쓰지 않은 사진에서의 int8 정확도와 95 % 구간</translation>
    </message>
    <message>
        <source>int8 accuracy on the validation photos with its 95 % interval; models are ranked by it</source>
        <translation>검증 사진에서의 int8 정확도와 95 % 구간. 이 값으로 순위를 매깁니다</translation>
    </message>
    <message>
        <source>minutes</source>
        <translation>분</translation>
    </message>
    <message>
        <source>no model yet</source>
        <translation>아직 모델이 없음</translation>
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
        <source>test photos</source>
        <translation>시험 사진</translation>
    </message>
    <message>
        <source>validation accuracy, %</source>
        <translation>검증 정확도, %</translation>
    </message>
    <message>
        <source>validation photos</source>
        <translation>검증 사진</translation>
    </message>
    <message>
        <source>{core}, {ram} RAM, {flash} flash</source>
        <translation>{core}, RAM {ram}, 플래시 {flash}</translation>
    </message>
    <message>
        <source>{n} could not be trained.</source>
        <translation>{n}개는 학습할 수 없었습니다.</translation>
    </message>
    <message>
        <source>{n} left out before training: too large for the board's memory, so no time was spent on them.</source>
        <translation>{n}개는 보드 메모리에 너무 커서 학습 전에 제외했으며 시간을 쓰지 않았습니다.</translation>
    </message>
    <message>
        <source>{photos} of {true} called {said}</source>
        <translation>{true}의 {photos}을 {said}(으)로 봄</translation>
    </message>
    <message>
        <source>{used} of {budget} used</source>
        <translation>{budget} 중 {used} 사용</translation>
    </message>
</context>
</TS>
