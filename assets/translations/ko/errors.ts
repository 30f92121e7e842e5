<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="ko" sourcelanguage="en">
<context>
    <name>studio</name>
    <message>
        <source>bundle.cannot_read</source>
        <translation>번들을 읽을 수 없습니다.
파일을 읽을 권한이 있는지 확인하세요.</translation>
    </message>
    <message>
        <source>bundle.damaged</source>
        <translation>번들이 손상되었습니다.
번들을 다시 받으세요.</translation>
    </message>
    <message>
        <source>bundle.fails</source>
        <translation>번들이 검증을 통과하지 못했습니다.
쓰지 말고 다시 받으세요.</translation>
    </message>
    <message>
        <source>bundle.not_a_bundle</source>
        <translation>스튜디오의 번들이 아닙니다.
스튜디오가 내보낸 zip이나 그것을 푼 폴더를 고르세요.</translation>
    </message>
    <message>
        <source>bundle.not_found</source>
        <translation>그런 번들이 없습니다.
경로를 확인하세요.</translation>
    </message>
    <message>
        <source>bundle.too_large</source>
        <translation>번들이라고 하기에는 너무 큽니다.
맞는 파일인지 확인하세요.</translation>
    </message>
    <message>
        <source>bundle.too_new</source>
        <translation>더 새로운 버전의 스튜디오가 만든 번들입니다.
스튜디오를 업데이트하세요.</translation>
    </message>
    <message>
        <source>bundle.unsafe</source>
        <translation>해를 끼칠 수 있어 이 파일을 거절했습니다.
압축을 풀지 말고, 스튜디오가 내보낸 번들을 보낸 사람에게 요청하세요.</translation>
    </message>
    <message>
        <source>codegen.not_proved</source>
        <translation>생성한 코드가 모델과 같다는 것을 증명하지 못했습니다.
이 코드를 쓰지 마세요.</translation>
    </message>
    <message>
        <source>codegen.unsupported</source>
        <translation>이 모델은 C 코드로 만들 수 없습니다.
TensorFlow Lite Micro를 쓰거나 탐색이 만든 모델을 고르세요.</translation>
    </message>
    <message>
        <source>dataset.bad_pattern</source>
        <translation>세션을 나누는 패턴을 쓸 수 없습니다.
정규식을 쓰세요. 예: (clip\d+)</translation>
    </message>
    <message>
        <source>dataset.cancelled</source>
        <translation>샘플 준비를 중단했습니다.
다시 시작하세요.</translation>
    </message>
    <message>
        <source>dataset.class_too_small</source>
        <translation>샘플이 너무 적은 클래스가 있습니다.
샘플을 더 넣거나 그 클래스의 라벨을 지우세요.</translation>
    </message>
    <message>
        <source>dataset.conflicting_labels</source>
        <translation>같은 샘플에 서로 다른 클래스가 붙어 있습니다.
복사본마다 같은 클래스를 주거나 라벨을 지우세요.</translation>
    </message>
    <message>
        <source>dataset.different_channels</source>
        <translation>측정 기록마다 채널이 다릅니다.
다른 것을 제외하거나 같은 채널로 다시 가져오세요.</translation>
    </message>
    <message>
        <source>dataset.different_rates</source>
        <translation>측정 기록마다 측정 속도가 다릅니다.
다른 것을 제외하거나 다시 가져와 속도를 적으세요.</translation>
    </message>
    <message>
        <source>dataset.empty_session_name</source>
        <translation>세션에 이름이 필요합니다.
이름을 적으세요. 예를 들면 측정한 날짜.</translation>
    </message>
    <message>
        <source>dataset.no_amounts</source>
        <translation>알아낼 수량이 적힌 행이 없습니다.
표를 다시 가져와 수가 든 열을 배울 열로 고르세요.</translation>
    </message>
    <message>
        <source>dataset.no_such_column</source>
        <translation>그런 열이 없습니다.
가져온 표의 열 이름을 적으세요.</translation>
    </message>
    <message>
        <source>dataset.nothing_labelled</source>
        <translation>클래스가 있는 샘플이 아직 없습니다.
클래스별 폴더를 가져오거나 라벨을 붙이세요.</translation>
    </message>
    <message>
        <source>dataset.one_amount</source>
        <translation>모든 행의 수량이 같습니다.
다른 수량의 행을 더하거나 다른 열을 고르세요.</translation>
    </message>
    <message>
        <source>dataset.one_class</source>
        <translation>라벨이 모두 한 클래스입니다.
구별할 것이 있도록 두 번째 클래스의 샘플을 더하세요.</translation>
    </message>
    <message>
        <source>dataset.originals_missing</source>
        <translation>연결된 원본을 쓸 수 없는 라벨된 샘플이 있습니다.
제자리에 돌려놓거나, 데이터의 파일에서 찾게 하거나, 그 샘플을 제외하세요.</translation>
    </message>
    <message>
        <source>dataset.overlapping_stretches</source>
        <translation>서로 다른 클래스의 구간이 겹칩니다.
하나를 줄이거나 지우세요.</translation>
    </message>
    <message>
        <source>dataset.pattern_matches_nothing</source>
        <translation>패턴이 어느 이름에도 맞지 않습니다.
샘플 이름에 맞는 패턴을 쓰세요.</translation>
    </message>
    <message>
        <source>dataset.too_few_amounts</source>
        <translation>수량이 있는 행이 너무 적습니다.
행을 더 넣으세요.</translation>
    </message>
    <message>
        <source>dataset.unknown_session</source>
        <translation>샘플이 있는 그런 세션이 없습니다.
세션 목록을 보거나 먼저 세션을 찾으세요.</translation>
    </message>
    <message>
        <source>dataset.unreadable</source>
        <translation>쓸 수 없는 샘플이 있습니다.
그 샘플을 제외하고 다시 고정하세요.</translation>
    </message>
    <message>
        <source>dataset.windows_too_long</source>
        <translation>윈도우만큼 긴 구간이 없는 클래스가 있습니다.
더 긴 측정 기록이나 구간을 더하거나 그 클래스를 빼세요.</translation>
    </message>
    <message>
        <source>dataset.wrong_samples</source>
        <translation>이 작업이 배울 수 없는 종류의 샘플이 있습니다.
제외하고 다시 고정하거나 다른 작업의 프로젝트를 만드세요.</translation>
    </message>
    <message>
        <source>device.bad_file</source>
        <translation>장치 파일을 쓸 수 없습니다.
파일을 고치거나 다른 파일을 고르세요.</translation>
    </message>
    <message>
        <source>device.duplicate_id</source>
        <translation>같은 id의 장치가 이미 있습니다.
다른 id를 주거나 그 항목을 비우세요.</translation>
    </message>
    <message>
        <source>device.no_accelerator</source>
        <translation>Vela가 모르는 가속기입니다.
아는 가속기 가운데 고르세요.</translation>
    </message>
    <message>
        <source>device.no_catalogue</source>
        <translation>장치 목록이 없습니다.
스튜디오를 다시 설치하세요.</translation>
    </message>
    <message>
        <source>device.no_limits</source>
        <translation>이 장치를 목표로 탐색할 수 없습니다.
다른 장치로 탐색하세요. 그 모델도 이 장치와 견줄 수 있습니다.</translation>
    </message>
    <message>
        <source>device.not_own</source>
        <translation>이 프로젝트에 더한 장치가 아닙니다.
직접 더한 장치만 바꾸거나 지울 수 있습니다.</translation>
    </message>
    <message>
        <source>device.too_small</source>
        <translation>가장 작은 입력도 이 장치의 메모리에 들어가지 않습니다.
더 큰 장치를 고르세요.</translation>
    </message>
    <message>
        <source>device.unknown</source>
        <translation>그런 장치가 없습니다.
장치 목록에서 고르세요.</translation>
    </message>
    <message>
        <source>device.unknown_core</source>
        <translation>모르는 코어가 적힌 장치 파일입니다.
core 항목을 고치세요.</translation>
    </message>
    <message>
        <source>evaluation.columns</source>
        <translation>고르는 기준을 쓸 수 없습니다.
모든 후보에 수를 주고, 0 이상이며 모두 0은 아닌 가중치를 주세요.</translation>
    </message>
    <message>
        <source>evaluation.costs</source>
        <translation>틀린 답의 비용을 쓸 수 없습니다.
0 이상의 수를 주고 이 모델의 클래스만 적으세요.</translation>
    </message>
    <message>
        <source>evaluation.different_samples</source>
        <translation>두 후보의 데이터셋 버전이 다릅니다.
한 버전에서 두 번 탐색해 비교하세요.</translation>
    </message>
    <message>
        <source>evaluation.no_answers</source>
        <translation>이 후보의 답이 남아 있지 않습니다.
후보를 내보내거나 다시 탐색하세요.</translation>
    </message>
    <message>
        <source>evaluation.no_candidates</source>
        <translation>고를 후보가 없습니다.
먼저 탐색하세요.</translation>
    </message>
    <message>
        <source>evaluation.no_classes</source>
        <translation>클래스가 없습니다.
먼저 라벨을 붙이세요.</translation>
    </message>
    <message>
        <source>evaluation.no_curve</source>
        <translation>학습이 일찍 끝났습니다.
다른 후보를 고르세요.</translation>
    </message>
    <message>
        <source>evaluation.no_samples</source>
        <translation>그쪽에 샘플이 없습니다.
라벨을 더 붙이고 새 데이터셋 버전을 고정하세요.</translation>
    </message>
    <message>
        <source>evaluation.not_amounts</source>
        <translation>이 모델은 수량이 아니라 클래스를 말합니다.
혼동 행렬을 보세요.</translation>
    </message>
    <message>
        <source>evaluation.not_classes</source>
        <translation>수량에는 놓침이나 헛경보가 없습니다.
비용을 빼세요.</translation>
    </message>
    <message>
        <source>evaluation.not_finite</source>
        <translation>모델의 출력에 수가 아닌 값이 있습니다.
학습이 발산했습니다. 다른 후보를 고르세요.</translation>
    </message>
    <message>
        <source>evaluation.not_probabilities</source>
        <translation>모델의 출력이 확률이 아니어서 확신을 평가할 수 없습니다.
softmax로 끝나는 스튜디오의 후보를 고르세요.</translation>
    </message>
    <message>
        <source>evaluation.repeated_sample</source>
        <translation>한 샘플이 두 번 예측되었습니다.
샘플마다 한 번만 주세요.</translation>
    </message>
    <message>
        <source>evaluation.shapes</source>
        <translation>남아 있는 답이 수량이 아닙니다.
다시 탐색하세요.</translation>
    </message>
    <message>
        <source>evaluation.too_few</source>
        <translation>평가할 샘플이 너무 적습니다.
라벨을 더 붙이고 새 데이터셋 버전을 고정하세요.</translation>
    </message>
    <message>
        <source>evaluation.too_few_points</source>
        <translation>데이터를 늘리면 나아질지 말하기에는 점이 너무 적습니다.
더 여러 양으로 학습하세요.</translation>
    </message>
    <message>
        <source>evaluation.unknown_class</source>
        <translation>이 후보의 클래스가 아닙니다.
후보의 클래스 가운데 둘을 고르세요.</translation>
    </message>
    <message>
        <source>evaluation.wish</source>
        <translation>이 프로젝트가 배우는 것과 다른 바람입니다.
배우는 것에 맞는 바람을 적으세요.</translation>
    </message>
    <message>
        <source>evaluation.wrong_split</source>
        <translation>다른 쪽의 샘플이 필요합니다.
고르는 데 쓴 샘플로 시험하면 너무 좋아 보입니다.</translation>
    </message>
    <message>
        <source>explaining.not_here</source>
        <translation>이 모델이 보는 것에는 가릴 부분이 없습니다.
사진이나 신호 값을 보는 모델을 고르세요.</translation>
    </message>
    <message>
        <source>export.cannot_write</source>
        <translation>코드를 쓸 수 없습니다.
다른 폴더를 고르세요.</translation>
    </message>
    <message>
        <source>export.code_differs</source>
        <translation>C 코드가 모델과 다릅니다. 아무것도 쓰지 않았습니다.
모델과 함께 알려 주세요.</translation>
    </message>
    <message>
        <source>export.conversion_failed</source>
        <translation>후보를 변환할 수 없습니다.
다른 후보를 고르세요.</translation>
    </message>
    <message>
        <source>export.disk_full</source>
        <translation>디스크가 가득 차 쓰지 못했습니다.
공간을 비우거나 다른 디스크를 골라 다시 내보내세요.</translation>
    </message>
    <message>
        <source>export.does_not_fit</source>
        <translation>모델이 이 장치에 들어가지 않습니다.
더 작은 후보나 다른 장치를 고르세요.</translation>
    </message>
    <message>
        <source>export.exists</source>
        <translation>같은 이름이 이미 있습니다.
다른 이름을 고르세요.</translation>
    </message>
    <message>
        <source>export.no_candidate</source>
        <translation>아직 후보가 없습니다.
먼저 탐색하세요.</translation>
    </message>
    <message>
        <source>export.no_code</source>
        <translation>이 장치용 C 코드가 없습니다.
보통 번들을 내보내세요. 모델 파일이 들어 있습니다.</translation>
    </message>
    <message>
        <source>export.no_golden</source>
        <translation>모델의 입력이 될 시험 샘플이 없습니다.
더 긴 측정 기록을 더하거나 윈도우가 짧은 후보를 고르세요.</translation>
    </message>
    <message>
        <source>export.no_model</source>
        <translation>이 후보에는 int8 모델이 없습니다.
다른 후보를 고르세요.</translation>
    </message>
    <message>
        <source>export.not_for_device</source>
        <translation>이 장치에는 이 형식으로 내보낼 수 없습니다.
다른 형식이나 장치를 고르세요.</translation>
    </message>
    <message>
        <source>export.nothing_to_write</source>
        <translation>이 형식으로 쓸 것이 없습니다.
라벨을 붙이거나 다른 형식을 고르세요.</translation>
    </message>
    <message>
        <source>export.preprocessing</source>
        <translation>장치용 전처리를 쓸 수 없습니다.
그 열의 이름을 바꾸거나 빼고 다시 탐색하세요.</translation>
    </message>
    <message>
        <source>export.preprocessing_differs</source>
        <translation>장치용 전처리가 모델이 배운 입력을 만들지 못합니다. 아무것도 쓰지 않았습니다.
스튜디오의 잘못입니다. 알려 주세요.</translation>
    </message>
    <message>
        <source>export.unknown_candidate</source>
        <translation>그런 후보가 없습니다.
있는 후보 가운데 고르세요.</translation>
    </message>
    <message>
        <source>export.unknown_ecosystem</source>
        <translation>모르는 내보내기 형식입니다.
있는 형식 가운데 고르세요.</translation>
    </message>
    <message>
        <source>export.unknown_format</source>
        <translation>그런 데이터 형식이 없습니다.
있는 형식 가운데 고르세요.</translation>
    </message>
    <message>
        <source>import.bad_list</source>
        <translation>라벨 목록을 쓸 수 없습니다.
다시 내보내세요.</translation>
    </message>
    <message>
        <source>import.bad_table</source>
        <translation>표로 읽을 수 없습니다.
다른 프로그램에서 열어 CSV로 저장하세요.</translation>
    </message>
    <message>
        <source>import.bad_zip</source>
        <translation>압축 파일을 쓸 수 없습니다.
다시 압축하거나 폴더를 놓으세요.</translation>
    </message>
    <message>
        <source>import.cannot_link</source>
        <translation>이것은 따로 된 파일이 아니어서 연결할 수 없습니다.
연결하지 말고 가져오거나, 압축을 풀고 폴더를 가져오세요.</translation>
    </message>
    <message>
        <source>import.no_images</source>
        <translation>쓸 수 있는 사진이 없습니다.
PNG, JPEG, BMP, WebP, TIFF, GIF 파일을 클래스별 폴더로 고르세요.</translation>
    </message>
    <message>
        <source>import.no_list</source>
        <translation>라벨 목록이 없습니다.
파일 이름과 라벨 열이 있는 CSV, .xlsx, JSON을 함께 두세요.</translation>
    </message>
    <message>
        <source>import.no_recordings</source>
        <translation>측정 기록을 찾지 못했습니다.
CSV, WAV, Edge Impulse JSON 파일을 클래스별 폴더로 고르세요.</translation>
    </message>
    <message>
        <source>import.no_table</source>
        <translation>표를 찾지 못했습니다.
CSV, TSV, .xlsx, Parquet 파일을 고르세요.</translation>
    </message>
    <message>
        <source>import.not_found</source>
        <translation>그런 파일이나 폴더가 없습니다.
이름을 확인하세요.</translation>
    </message>
    <message>
        <source>import.nothing</source>
        <translation>놓은 것에 파일이나 폴더가 없습니다.
파일 관리자에서 폴더, 파일, zip을 끌어 놓으세요.</translation>
    </message>
    <message>
        <source>import.nothing_usable</source>
        <translation>스튜디오가 배울 수 있는 것이 없습니다.
사진, 측정 기록(CSV, WAV, JSON), 표(CSV, Excel, Parquet)를 놓으세요.</translation>
    </message>
    <message>
        <source>import.unknown_sample</source>
        <translation>그런 샘플 프로젝트가 없습니다.
있는 샘플 가운데 고르세요.</translation>
    </message>
    <message>
        <source>import.unreadable</source>
        <translation>폴더를 읽을 수 없습니다.
권한을 확인하세요.</translation>
    </message>
    <message>
        <source>job.bad_spec</source>
        <translation>작업의 설정을 쓸 수 없습니다.
다시 시작하세요.</translation>
    </message>
    <message>
        <source>job.damaged_artifact</source>
        <translation>탐색 결과가 없거나 손상되었습니다.
탐색을 이어서 하세요.</translation>
    </message>
    <message>
        <source>job.damaged_journal</source>
        <translation>작업 기록의 한 줄이 손상되었습니다.
다시 시작하세요.</translation>
    </message>
    <message>
        <source>label.class_exists</source>
        <translation>같은 이름의 클래스가 있습니다.
다른 이름을 고르거나 둘을 합치세요.</translation>
    </message>
    <message>
        <source>label.empty_name</source>
        <translation>클래스에 이름이 필요합니다.
이름을 적으세요.</translation>
    </message>
    <message>
        <source>label.empty_range</source>
        <translation>구간의 시작이 끝보다 앞이 아닙니다.
다른 쪽 끝도 옮기거나 구간을 지우세요.</translation>
    </message>
    <message>
        <source>label.no_model</source>
        <translation>아직 샘플을 예측한 모델이 없습니다.
모델을 탐색한 뒤 예측하게 하세요.</translation>
    </message>
    <message>
        <source>label.no_neighbours</source>
        <translation>샘플의 가까운 이웃을 아직 모릅니다.
먼저 예측하게 하세요.</translation>
    </message>
    <message>
        <source>label.no_suggestion</source>
        <translation>이 샘플에는 제안이 없습니다.
클래스가 있거나 제외되었을 수 있습니다. 목록을 다시 보세요.</translation>
    </message>
    <message>
        <source>label.not_a_side</source>
        <translation>이 충돌에 없는 클래스입니다.
충돌한 클래스 가운데 고르세요.</translation>
    </message>
    <message>
        <source>label.not_predicted</source>
        <translation>이 후보는 아직 샘플을 예측하지 않았습니다.
먼저 예측하게 하세요.</translation>
    </message>
    <message>
        <source>label.outside</source>
        <translation>구간이 측정 기록보다 깁니다.
끝나기 전까지만 표시하세요.</translation>
    </message>
    <message>
        <source>label.overlap</source>
        <translation>다른 구간과 겹칩니다.
다른 시간을 고르거나 먼저 있던 구간을 줄이세요.</translation>
    </message>
    <message>
        <source>label.too_few_labels</source>
        <translation>비교하기에는 클래스가 있는 샘플이 너무 적습니다.
두 클래스 이상에 라벨을 몇 개 붙이세요.</translation>
    </message>
    <message>
        <source>label.unknown_candidate</source>
        <translation>그런 후보가 없습니다.
있는 후보 가운데 고르세요.</translation>
    </message>
    <message>
        <source>label.unknown_class</source>
        <translation>그런 클래스가 없습니다.
프로젝트의 클래스 가운데 고르세요.</translation>
    </message>
    <message>
        <source>label.unknown_conflict</source>
        <translation>그런 충돌이 없습니다.
이미 해결되었을 수 있습니다. 목록을 다시 보세요.</translation>
    </message>
    <message>
        <source>label.unknown_sample</source>
        <translation>그런 샘플이 없습니다.
그사이 없어졌을 수 있습니다. 목록을 다시 보세요.</translation>
    </message>
    <message>
        <source>label.unreadable</source>
        <translation>샘플을 보여 줄 수 없습니다.
원본을 다시 가져오세요.</translation>
    </message>
    <message>
        <source>label.wrong_kind</source>
        <translation>시간 구간이 아닙니다.
시간 구간 가운데 고르세요.</translation>
    </message>
    <message>
        <source>model.cannot_read</source>
        <translation>모델 파일을 읽을 수 없습니다.
파일인지, 읽을 권한이 있는지 확인하세요.</translation>
    </message>
    <message>
        <source>model.cannot_run</source>
        <translation>모델이 이 int8 샘플을 받지 않거나 샘플마다 답을 하나씩 주지 않습니다.
모델을 만들 때의 전처리를 쓰세요.</translation>
    </message>
    <message>
        <source>model.cannot_write</source>
        <translation>모델 파일을 쓸 수 없습니다.
다른 폴더를 고르세요.</translation>
    </message>
    <message>
        <source>model.conversion_failed</source>
        <translation>변환이 일찍 끝났습니다.
다른 변환 방법이나 후보를 고르세요.</translation>
    </message>
    <message>
        <source>model.crashed</source>
        <translation>이 모델을 실행하다 인터프리터가 멈췄습니다.
프로젝트가 손상된 것으로 보고 다른 후보를 고르세요.</translation>
    </message>
    <message>
        <source>model.damaged</source>
        <translation>TensorFlow Lite 파일이 손상되었거나 잘렸습니다.
만든 곳에서 다시 받으세요.</translation>
    </message>
    <message>
        <source>model.external_data</source>
        <translation>이 ONNX 파일은 가중치를 다른 파일에 두었습니다.
한 파일로 다시 저장하세요.</translation>
    </message>
    <message>
        <source>model.input_shape</source>
        <translation>모델이 받는 입력의 모양이 다릅니다.
모델을 만들 때의 전처리를 쓰세요.</translation>
    </message>
    <message>
        <source>model.is_so_already</source>
        <translation>파일이 이미 그 형식입니다.
그대로 쓰세요.</translation>
    </message>
    <message>
        <source>model.lost_too_much</source>
        <translation>변환하면서 정확도를 너무 많이 잃었습니다.
다른 방법을 쓰거나, 라벨을 더 붙이거나, 허용치를 늘리세요.</translation>
    </message>
    <message>
        <source>model.many_ends</source>
        <translation>모델의 입력이나 출력이 여럿입니다.
스튜디오는 입력과 출력이 하나씩인 모델을 실행합니다.</translation>
    </message>
    <message>
        <source>model.needs_its_network</source>
        <translation>학습된 신경망에서만 만들 수 있습니다.
프로젝트에서 그 후보를 변환하세요.</translation>
    </message>
    <message>
        <source>model.no_file</source>
        <translation>이 후보에는 TensorFlow Lite 파일이 없습니다.
다른 후보를 고르세요.</translation>
    </message>
    <message>
        <source>model.no_int8</source>
        <translation>이 모델에는 int8 파일이 없습니다.
다른 모델을 고르세요.</translation>
    </message>
    <message>
        <source>model.no_quantization</source>
        <translation>텐서의 값이 무엇을 뜻하는지 적혀 있지 않습니다.
입력과 출력을 양자화해 다시 변환하세요.</translation>
    </message>
    <message>
        <source>model.not_convertible</source>
        <translation>이 파일은 ONNX로 바꿀 수 없습니다.
프로젝트에서 그 후보를 변환하세요.</translation>
    </message>
    <message>
        <source>model.not_found</source>
        <translation>번들에 int8 모델이 없습니다.
다시 내보내세요.</translation>
    </message>
    <message>
        <source>model.not_made</source>
        <translation>파일을 만들지 못했습니다.
까닭은 위에 있습니다.</translation>
    </message>
    <message>
        <source>model.not_runnable</source>
        <translation>LiteRT가 이 모델을 실행할 수 없습니다.
다시 변환하거나 다른 모델을 고르세요.</translation>
    </message>
    <message>
        <source>model.not_tflite</source>
        <translation>프로젝트도 번들도 TensorFlow Lite 모델도 아닙니다.
셋 가운데 하나를 고르세요.</translation>
    </message>
    <message>
        <source>model.operators_differ</source>
        <translation>int8 파일과 int16x8 파일의 연산자가 다릅니다.
모두 int16x8로 변환하세요.</translation>
    </message>
    <message>
        <source>model.tells_amounts</source>
        <translation>이 후보는 수량을 말하지만 여기서는 클래스를 예측합니다.
가장 큰 오차는 탐색 보고서에 있습니다.</translation>
    </message>
    <message>
        <source>model.too_large</source>
        <translation>모델 파일이 너무 큽니다.
목록의 어느 장치도 이런 모델을 실행하지 못합니다.</translation>
    </message>
    <message>
        <source>model.too_slow</source>
        <translation>모델이 제시간에 답하지 않았습니다.
다른 후보를 고르세요.</translation>
    </message>
    <message>
        <source>model.unknown_recipe</source>
        <translation>그런 변환 방법이 없습니다.
있는 방법 가운데 고르세요.</translation>
    </message>
    <message>
        <source>model.unreadable</source>
        <translation>읽을 수 없는 파일입니다.
프로젝트나 .tflite 파일을 고르세요.</translation>
    </message>
    <message>
        <source>model.weights_do_not_match</source>
        <translation>후보의 가중치가 설정과 맞지 않습니다.
다른 후보를 고르거나 다시 탐색하세요.</translation>
    </message>
    <message>
        <source>project.blob_damaged</source>
        <translation>프로젝트의 한 부분이 손상되었습니다.
원본을 다시 가져오거나 백업을 여세요.</translation>
    </message>
    <message>
        <source>project.blob_missing</source>
        <translation>프로젝트에 빠진 부분이 있습니다.
원본을 다시 가져오거나 백업을 여세요.</translation>
    </message>
    <message>
        <source>project.cannot_create</source>
        <translation>여기에는 프로젝트를 쓸 수 없습니다.
쓸 권한과 공간이 있는 폴더를 고르세요.</translation>
    </message>
    <message>
        <source>project.cannot_open</source>
        <translation>프로젝트를 읽을 수 없습니다.
파일인지, 읽을 권한이 있는지 확인하세요.</translation>
    </message>
    <message>
        <source>project.damaged</source>
        <translation>프로젝트가 손상되었습니다.
백업으로 되돌리거나 `salvage`로 읽을 수 있는 것을 살리세요.</translation>
    </message>
    <message>
        <source>project.disk_error</source>
        <translation>디스크 오류로 쓰지 못했습니다.
드라이브를 살피거나 다른 드라이브의 폴더를 고르세요.</translation>
    </message>
    <message>
        <source>project.disk_full</source>
        <translation>디스크가 가득 차 쓰지 못했습니다.
공간을 비우고 다시 하세요.</translation>
    </message>
    <message>
        <source>project.exists</source>
        <translation>같은 이름의 프로젝트가 있습니다.
다른 이름을 고르거나 그 프로젝트를 여세요.</translation>
    </message>
    <message>
        <source>project.folder_not_writable</source>
        <translation>폴더를 만들 수 없습니다.
다른 폴더를 고르세요.</translation>
    </message>
    <message>
        <source>project.in_use</source>
        <translation>프로젝트가 열려 있습니다.
모두 닫고 다시 되돌리세요.</translation>
    </message>
    <message>
        <source>project.link_missing</source>
        <translation>복사하지 못한 원본이 있습니다.
원본을 찾게 하거나 연결을 버리세요.</translation>
    </message>
    <message>
        <source>project.no_backup</source>
        <translation>이 컴퓨터에는 이 프로젝트의 백업이 없습니다.
백업 파일을 직접 고르세요.</translation>
    </message>
    <message>
        <source>project.not_a_project</source>
        <translation>스튜디오의 프로젝트가 아닙니다.
.automl로 끝나는 파일을 고르세요.</translation>
    </message>
    <message>
        <source>project.not_found</source>
        <translation>그런 파일이 없습니다.
이름을 확인하세요.</translation>
    </message>
    <message>
        <source>project.read_only</source>
        <translation>다른 프로그램이 이 프로젝트에 쓰고 있어 여기서는 바꿀 수 없습니다.
그 프로그램을 닫거나 다른 이름으로 저장하세요.</translation>
    </message>
    <message>
        <source>project.too_new</source>
        <translation>더 새로운 버전의 스튜디오가 저장한 프로젝트입니다.
스튜디오를 업데이트하세요.</translation>
    </message>
    <message>
        <source>project.unknown_task</source>
        <translation>그런 작업이 없습니다.
있는 작업 가운데 고르세요.</translation>
    </message>
    <message>
        <source>report.too_many</source>
        <translation>보고서에 비교할 후보가 너무 많습니다.
더 적게 고르세요.</translation>
    </message>
    <message>
        <source>report.unknown_kind</source>
        <translation>모르는 보고서 형식입니다.
아는 확장자의 이름을 고르세요.</translation>
    </message>
    <message>
        <source>report.unknown_language</source>
        <translation>그 언어의 보고서는 없습니다.
있는 언어 가운데 고르세요.</translation>
    </message>
    <message>
        <source>search.already_running</source>
        <translation>이 프로젝트의 탐색이 이미 실행 중입니다.
끝나기를 기다리거나 시작한 곳에서 멈추세요.</translation>
    </message>
    <message>
        <source>search.cannot_resume</source>
        <translation>중단된 탐색의 작업 파일이 이 컴퓨터에 없습니다.
새로 시작하세요. 찾은 후보는 그대로 남습니다.</translation>
    </message>
    <message>
        <source>search.damaged_answers</source>
        <translation>후보의 남은 답이 손상되었습니다.
다른 후보를 고르거나 다시 탐색하세요.</translation>
    </message>
    <message>
        <source>search.no_candidate</source>
        <translation>모델을 하나도 학습하지 못하고 탐색이 끝났습니다.
시간을 늘려 다시 하세요.</translation>
    </message>
    <message>
        <source>search.no_cluster</source>
        <translation>응답하는 Ray 클러스터가 없습니다.
주소와 클러스터의 상태를 확인하세요.</translation>
    </message>
    <message>
        <source>search.no_columns</source>
        <translation>표의 열이 무엇인지 알 수 없습니다.
표를 다시 가져오세요.</translation>
    </message>
    <message>
        <source>search.no_features</source>
        <translation>배울 수 있는 열이 없습니다. 글이나 날짜이거나 모든 행이 같습니다.
표를 다시 가져와 열의 내용을 알려 주세요.</translation>
    </message>
    <message>
        <source>search.no_ray</source>
        <translation>클러스터 탐색에 필요한 Ray가 설치되어 있지 않습니다.
`cluster` 추가 항목을 설치하거나 이 컴퓨터에서 탐색하세요.</translation>
    </message>
    <message>
        <source>search.no_samples</source>
        <translation>배울 사진이 없습니다.
사진을 가져와 라벨을 붙이고 버전을 고정하세요.</translation>
    </message>
    <message>
        <source>search.not_for_this_task</source>
        <translation>이 크기의 장치에는 이 작업의 탐색이 아직 없습니다.
다른 장치를 고르세요.</translation>
    </message>
    <message>
        <source>search.nothing_fits</source>
        <translation>시험한 모델이 하나도 장치에 들어가지 않습니다.
더 큰 장치를 고르세요.</translation>
    </message>
    <message>
        <source>search.nothing_to_follow</source>
        <translation>이 컴퓨터에서 실행 중인 탐색이 없습니다.
탐색을 시작하거나 이전 후보를 보세요.</translation>
    </message>
    <message>
        <source>search.nothing_to_resume</source>
        <translation>중단된 탐색이 없습니다.
새로 시작하세요.</translation>
    </message>
    <message>
        <source>search.too_short</source>
        <translation>라벨된 구간이 너무 짧습니다.
더 긴 구간에 라벨을 붙이거나 더 빠르게 측정하세요.</translation>
    </message>
    <message>
        <source>selftest.cannot_read</source>
        <translation>자체 시험 기록을 읽을 수 없습니다.
장치의 터미널이 저장한 글을 고르세요.</translation>
    </message>
    <message>
        <source>selftest.differs</source>
        <translation>장치는 통과라고 하지만 검사합이 이 프로젝트의 것이 아닙니다.
모델을 다시 내보내 장치에 올리고 그 기록을 남기세요.</translation>
    </message>
    <message>
        <source>selftest.fails</source>
        <translation>장치가 스튜디오와 다르게 답합니다. 기록은 남겼습니다.
전처리, 모델, 답 가운데 어느 단계가 틀렸는지 보세요.</translation>
    </message>
    <message>
        <source>selftest.inconsistent</source>
        <translation>자체 시험 기록이 앞뒤가 맞지 않습니다.
다시 기록하세요. 줄이 빠졌거나 두 번의 기록이 섞였습니다.</translation>
    </message>
    <message>
        <source>selftest.newer</source>
        <translation>더 새로운 버전의 자체 시험 기록입니다.
스튜디오를 업데이트하세요.</translation>
    </message>
    <message>
        <source>selftest.none</source>
        <translation>온전한 자체 시험 기록이 없습니다.
'begin'부터 'end'까지 저장해 다시 하세요.</translation>
    </message>
    <message>
        <source>selftest.too_large</source>
        <translation>자체 시험 기록이라고 하기에는 너무 큽니다.
장치가 시작한 뒤의 글만 저장하세요.</translation>
    </message>
    <message>
        <source>selftest.unknown_device</source>
        <translation>모르는 장치의 자체 시험입니다.
먼저 그 장치를 프로젝트에 더하세요.</translation>
    </message>
    <message>
        <source>selftest.unknown_model</source>
        <translation>장치의 모델이 이 프로젝트의 것이 아닙니다.
그 모델을 내보낸 프로젝트를 여세요.</translation>
    </message>
    <message>
        <source>toolchain.crashed</source>
        <translation>컴파일한 모델이 실행 중 멈췄습니다.
모델과 함께 알려 주세요. 코드는 스튜디오가 만든 것입니다.</translation>
    </message>
    <message>
        <source>toolchain.no_compiler</source>
        <translation>이 컴퓨터에 C 컴파일러가 없습니다.
컴파일러를 설치하세요.</translation>
    </message>
    <message>
        <source>toolchain.no_emulator</source>
        <translation>이 컴퓨터에 에뮬레이터가 없습니다.
에뮬레이터를 설치하세요.</translation>
    </message>
    <message>
        <source>toolchain.no_room</source>
        <translation>컴파일한 모델의 답을 다 쓰지 못했습니다.
임시 파일 폴더에 공간을 만드세요.</translation>
    </message>
    <message>
        <source>toolchain.no_sanitizer</source>
        <translation>새니타이저가 있는 컴파일러가 없습니다.
GCC나 clang을 설치하세요.</translation>
    </message>
    <message>
        <source>toolchain.no_stack</source>
        <translation>생성한 C의 스택을 코드만으로는 알 수 없습니다.
장치에서 실행해 스택 깊이를 보세요.</translation>
    </message>
    <message>
        <source>toolchain.not_for_core</source>
        <translation>이 코어용으로 컴파일할 수 없습니다.
다른 장치를 고르거나 그 컴파일러를 설치하세요.</translation>
    </message>
    <message>
        <source>toolchain.outside_arena</source>
        <translation>컴파일한 모델이 아레나 밖에 씁니다.
모델과 함께 알려 주세요. 코드는 스튜디오가 만든 것입니다.</translation>
    </message>
    <message>
        <source>toolchain.refused</source>
        <translation>컴파일러가 생성한 코드를 받지 않습니다.
모델과 함께 알려 주세요. 코드는 스튜디오가 만든 것입니다.</translation>
    </message>
    <message>
        <source>toolchain.sanitizer</source>
        <translation>새니타이저가 생성한 코드에서 잘못을 찾았습니다.
모델과 함께 알려 주세요. 코드는 스튜디오가 만든 것입니다.</translation>
    </message>
    <message>
        <source>toolchain.too_large</source>
        <translation>모델이 에뮬레이터의 메모리에 들어가지 않습니다.
이 컴퓨터와 실제 장치에서만 확인할 수 있습니다.</translation>
    </message>
    <message>
        <source>toolchain.too_slow</source>
        <translation>도구가 제시간에 끝나지 않았습니다.
컴퓨터가 덜 바쁠 때 다시 하거나 더 작은 모델을 고르세요.</translation>
    </message>
    <message>
        <source>toolchain.unknown_core</source>
        <translation>이 코어용 코드를 만드는 법을 모릅니다.
다른 장치를 고르거나 코어 표에 더하세요.</translation>
    </message>
    <message>
        <source>trying.cannot_read</source>
        <translation>읽을 수 없는 파일입니다.
파일인지, 읽을 권한이 있는지 확인하세요.</translation>
    </message>
    <message>
        <source>trying.too_large</source>
        <translation>해 보기에는 너무 큰 파일입니다.
더 작은 것으로 해 보세요.</translation>
    </message>
    <message>
        <source>trying.too_short</source>
        <translation>모델이 보는 길이보다 짧습니다.
더 긴 것으로 해 보세요.</translation>
    </message>
    <message>
        <source>window.busy</source>
        <translation>다른 작업을 하는 중입니다.
끝나기를 기다리거나 창 아래에서 취소하세요.</translation>
    </message>
    <message>
        <source>window.failed</source>
        <translation>창이 오류로 끝났습니다.
기록을 보세요.</translation>
    </message>
    <message>
        <source>window.library_missing</source>
        <translation>창을 여는 데 필요한 시스템 라이브러리가 없습니다.
그 라이브러리가 든 패키지를 설치하세요. 다른 명령은 없어도 됩니다.</translation>
    </message>
    <message>
        <source>window.no_screen</source>
        <translation>창을 열 화면이 없습니다.
바탕 화면에서 시작하세요. 다른 명령은 화면 없이도 됩니다.</translation>
    </message>
    <message>
        <source>deploy.bad_folder</source>
        <translation>장치의 폴더 이름으로 쓸 수 없습니다.
글자, 숫자, 점, 줄표, 빗금만 쓰세요. 예: programs/model</translation>
    </message>
    <message>
        <source>deploy.bad_target</source>
        <translation>장치 주소가 아닙니다.
사용자@호스트 또는 사용자@호스트:포트로 쓰세요. 예: pi@192.168.0.20</translation>
    </message>
    <message>
        <source>deploy.cannot_note</source>
        <translation>호스트 키를 적어 둘 수 없습니다.
직접 추가하거나 --known-hosts로 다른 목록을 정하세요.</translation>
    </message>
    <message>
        <source>deploy.connection_lost</source>
        <translation>장치와의 연결이 끊어졌습니다.
먼저 터미널에서 ssh로 접속해 보세요.</translation>
    </message>
    <message>
        <source>deploy.fingerprint_differs</source>
        <translation>장치의 호스트 키가 승인한 것과 다릅니다.
까닭을 알기 전에는 계속하지 마세요. 다른 장치일 수 있습니다.</translation>
    </message>
    <message>
        <source>deploy.host_unknown</source>
        <translation>장치의 호스트 키를 아직 모릅니다.
장치에서 지문을 확인하고, 같으면 --accept-new-host-key로 승인하세요.</translation>
    </message>
    <message>
        <source>deploy.no_program</source>
        <translation>이 번들에는 Linux 장치에서 실행할 Python 프로그램이 없습니다.
--as python으로 다시 내보내세요.</translation>
    </message>
    <message>
        <source>deploy.no_python</source>
        <translation>장치에 Python 3가 없습니다.
장치에 python3 패키지를 설치하고 다시 하세요.</translation>
    </message>
    <message>
        <source>deploy.no_ssh</source>
        <translation>이 컴퓨터에 ssh 프로그램이 없습니다.
OpenSSH(openssh-client)를 설치하세요.</translation>
    </message>
    <message>
        <source>deploy.no_wheels</source>
        <translation>휠 파일이 든 폴더가 아닙니다.
pip download로 휠을 받아 넣으세요.</translation>
    </message>
    <message>
        <source>deploy.not_recorded</source>
        <translation>장치에서는 쓰이고 있지만 프로젝트에 기록하지 못했습니다.</translation>
    </message>
    <message>
        <source>deploy.selftest_fails</source>
        <translation>장치에서 자체 검사가 실패했습니다. 이전 버전이 그대로 쓰입니다.
출력된 내용을 확인하세요.</translation>
    </message>
    <message>
        <source>deploy.selftest_hangs</source>
        <translation>자체 검사가 제시간에 끝나지 않았습니다. 이전 버전이 그대로 쓰입니다.
장치에서 직접 실행해 보세요.</translation>
    </message>
    <message>
        <source>deploy.switch_unknown</source>
        <translation>바꾸는 중에 연결이 끊어져 어느 버전이 쓰이는지 알 수 없습니다. 둘 다 온전합니다.
다시 배포하거나 'current' 링크를 확인하세요.</translation>
    </message>
    <message>
        <source>deploy.too_large</source>
        <translation>보낼 파일이 너무 큽니다.
함께 보낼 휠을 줄이세요.</translation>
    </message>
    <message>
        <source>export.not_compiled</source>
        <translation>Vela가 이 장치용으로 컴파일한 것이 없습니다.
다른 후보를 고르거나 가속기가 필요 없는 cmake 형식을 고르세요.</translation>
    </message>
    <message>
        <source>export.nothing_on_accelerator</source>
        <translation>이 모델에서 Edge TPU가 실행할 부분이 없습니다.
다른 후보를 고르거나 python 형식을 고르세요.</translation>
    </message>
    <message>
        <source>project.unfinished</source>
        <translation>변경이 중간에 멈춘 프로젝트라 무엇이 들었는지 알 수 없습니다.
옆의 파일과 함께 복사해서 사본을 여세요.</translation>
    </message>
</context>
</TS>
