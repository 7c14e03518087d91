namespace Connectors.Databricks.Emulator;

/// <summary>How embedding endpoints handle <c>encoding_format</c>, which no documentation of Databricks mentions.</summary>
public enum EmulatedEncodingFormat
{
    /// <summary><c>base64</c> returns little-endian 32-bit floats in base64.</summary>
    Honored,

    /// <summary>The field is ignored: lists of numbers are returned.</summary>
    Ignored,

    /// <summary>The field is unknown: a 400.</summary>
    Rejected,
}
