"""The hash of a text is that of its bytes."""

from attain.measurement.hashes import sha256_of


def test_the_hash_is_the_published_one_of_the_empty_text_and_of_abc() -> None:
    """FIPS 180-2, appendix B.1, and the hash of nothing."""
    assert sha256_of("abc") == ("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad")
    assert sha256_of(b"") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"


def test_a_text_and_its_bytes_have_one_hash() -> None:
    assert sha256_of("Gdańsk") == sha256_of("Gdańsk".encode())
