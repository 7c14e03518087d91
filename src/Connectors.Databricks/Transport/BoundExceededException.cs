namespace Connectors.Databricks.Transport;

/// <summary>A stream exceeded one of the <see cref="DatabricksResponseLimits"/>; it never leaves the transport as itself.</summary>
internal sealed class BoundExceededException(string name, long limit) : Exception($"{name} of {limit} bytes is exceeded.")
{
    public string Name => name;

    public long Limit => limit;
}
