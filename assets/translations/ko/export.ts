<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ko" sourcelanguage="en">
<context>
    <name>studio</name>
    <message>
        <source>Another model or device is chosen under Train and Device.</source>
        <translation>다른 모델이나 장치는 학습과 장치에서 고를 수 있습니다.</translation>
    </message>
    <message>
        <source>Bundles (*.zip)</source>
        <translation>번들 (*.zip)</translation>
    </message>
    <message>
        <source>C source</source>
        <translation>C 소스</translation>
    </message>
    <message>
        <source>Choose one in the place Device; then it can be packed.</source>
        <translation>장치 화면에서 하나를 고르면 묶을 수 있습니다.</translation>
    </message>
    <message>
        <source>Class names</source>
        <translation>클래스 이름</translation>
    </message>
    <message>
        <source>Class names and how a photo is prepared</source>
        <translation>클래스 이름과 사진 전처리 방법</translation>
    </message>
    <message>
        <source>Compiled and run on the board: not done by this version</source>
        <translation>보드에서 컴파일하고 실행: 이 버전에서는 하지 않음</translation>
    </message>
    <message>
        <source>Digests</source>
        <translation>다이제스트</translation>
    </message>
    <message>
        <source>Export the bundle</source>
        <translation>번들 내보내기</translation>
    </message>
    <message>
        <source>Exporting the bundle</source>
        <translation>번들을 내보내는 중</translation>
    </message>
    <message>
        <source>Export…</source>
        <translation>내보내기…</translation>
    </message>
    <message>
        <source>Files</source>
        <translation>파일</translation>
    </message>
    <message>
        <source>Inputs made again</source>
        <translation>다시 만든 입력</translation>
    </message>
    <message>
        <source>Memory on the device: {verdict}</source>
        <translation>장치 메모리: {verdict}</translation>
    </message>
    <message>
        <source>Model #{id} for {device}</source>
        <translation>{device}용 모델 #{id}</translation>
    </message>
    <message>
        <source>Model #{id} has no device yet</source>
        <translation>모델 #{id}의 장치가 아직 없습니다</translation>
    </message>
    <message>
        <source>Model file</source>
        <translation>모델 파일</translation>
    </message>
    <message>
        <source>Nothing to export yet</source>
        <translation>아직 내보낼 것이 없습니다</translation>
    </message>
    <message>
        <source>Outputs to the byte</source>
        <translation>바이트 단위 출력</translation>
    </message>
    <message>
        <source>Preprocessing</source>
        <translation>전처리</translation>
    </message>
    <message>
        <source>RAM {ram}, flash {flash}</source>
        <translation>RAM {ram}, 플래시 {flash}</translation>
    </message>
    <message>
        <source>Report (HTML and JSON), digests of every file, licences</source>
        <translation>보고서(HTML과 JSON), 모든 파일의 다이제스트, 라이선스</translation>
    </message>
    <message>
        <source>Show in folder</source>
        <translation>폴더에서 보기</translation>
    </message>
    <message>
        <source>Speed on the board: unknown</source>
        <translation>보드에서의 속도: 알 수 없음</translation>
    </message>
    <message>
        <source>Test inputs and outputs</source>
        <translation>시험 입력과 출력</translation>
    </message>
    <message>
        <source>Test inputs with the outputs the model must give, to the byte</source>
        <translation>시험 입력과 모델이 내야 할 출력(바이트 단위)</translation>
    </message>
    <message>
        <source>The bundle is written</source>
        <translation>번들을 저장했습니다</translation>
    </message>
    <message>
        <source>The model as C source, and a small sketch</source>
        <translation>C 소스 모델과 작은 스케치</translation>
    </message>
    <message>
        <source>Train a model first; then it can be packed for a device.</source>
        <translation>먼저 모델을 학습하면 장치용으로 묶을 수 있습니다.</translation>
    </message>
    <message>
        <source>Verified: FAIL</source>
        <translation>검증 결과: 실패</translation>
    </message>
    <message>
        <source>Verified: PASS</source>
        <translation>검증 결과: 통과</translation>
    </message>
    <message>
        <source>Verify again</source>
        <translation>다시 검증</translation>
    </message>
    <message>
        <source>Verifying the bundle</source>
        <translation>번들을 검증하는 중</translation>
    </message>
    <message>
        <source>checking the device</source>
        <translation>장치를 확인하는 중</translation>
    </message>
    <message>
        <source>float model (.onnx)</source>
        <translation>float 모델 (.onnx)</translation>
    </message>
    <message>
        <source>float model (.tflite)</source>
        <translation>float 모델 (.tflite)</translation>
    </message>
    <message>
        <source>int8 model (.tflite)</source>
        <translation>int8 모델 (.tflite)</translation>
    </message>
    <message>
        <source>no</source>
        <translation>아니요</translation>
    </message>
    <message>
        <source>not proved</source>
        <translation>증명되지 않음</translation>
    </message>
    <message>
        <source>nothing to export yet</source>
        <translation>아직 내보낼 것이 없음</translation>
    </message>
    <message>
        <source>ready</source>
        <translation>준비됨</translation>
    </message>
    <message>
        <source>ready for {device}</source>
        <translation>{device}용으로 준비됨</translation>
    </message>
    <message>
        <source>yes</source>
        <translation>예</translation>
    </message>
    <message>
        <source>{name}: not made for this candidate</source>
        <translation>{name}: 이 후보에는 없음</translation>
    </message>
    <message>
        <source>{n} test photo</source>
        <translation>시험 사진 {n}장</translation>
    </message>
    <message>
        <source>{n} test photos</source>
        <translation>시험 사진 {n}장</translation>
    </message>
</context>
</TS>
