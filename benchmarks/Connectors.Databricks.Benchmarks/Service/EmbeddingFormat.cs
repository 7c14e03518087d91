namespace Connectors.Databricks.Benchmarks.Service;

/// <summary>How vectors are written.</summary>
public enum EmbeddingFormat
{
    /// <summary>Lists of JSON numbers with up to 17 digits, as a server in Python writes floats that it has widened.</summary>
    Numbers,

    /// <summary>Lists of JSON numbers with up to 9 digits, the fewest that give the float back.</summary>
    ShortNumbers,

    /// <summary>Little-endian 32-bit floats in base64.</summary>
    Base64,
}
