namespace Connectors.Databricks.Emulator;

/// <summary>What embedding endpoints make of <c>encoding_format</c>, which no documentation of Databricks mentions.</summary>
public enum EmulatedEncodingFormat
{
    /// <summary><c>base64</c> answers with little-endian 32-bit floats in base64.</summary>
    Honoured,

    /// <summary>The field is read over, and lists of numbers come back.</summary>
    Ignored,

    /// <summary>The field is unknown: a 400.</summary>
    Refused,
}
