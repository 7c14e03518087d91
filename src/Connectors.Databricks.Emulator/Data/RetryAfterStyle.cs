namespace Connectors.Databricks.Emulator;

/// <summary>Where a failure sends the delay before a retry.</summary>
public enum RetryAfterStyle
{
    /// <summary>A <c>retry-after</c> header in whole seconds.</summary>
    Header,

    /// <summary>A <c>retry-after</c> header that holds an HTTP date.</summary>
    HeaderDate,

    /// <summary>The member <c>error.retry_after</c> of the rate-limit body.</summary>
    Body,

    /// <summary>A <c>google.rpc.RetryInfo</c> entry in <c>details</c>.</summary>
    RetryInfo,
}
