namespace Connectors.Databricks.Transport;

/// <summary>Which failures leave a call free to be sent again; what else the options allow comes on top.</summary>
internal enum Resend
{
    /// <summary>An inference call: whatever a model may have worked on is not asked for twice, as it may be billed twice.</summary>
    UnlessBilled,

    /// <summary>A read, or a write that says the same twice: any failure that may pass.</summary>
    Freely,

    /// <summary>
    /// A write whose second sending would say something else, or be refused because of the first: only what the service has not begun.
    /// </summary>
    IfUntouched,
}
