"""The rules as readable tables; the only tests with Dutch titles, and the source of docs/regels."""

import pytest

pytest.register_assert_rewrite("tests.spec.regel")
