namespace Connectors.Databricks.Wire;

/// <summary>
/// A response exceeded one of the <see cref="DatabricksResponseLimitOptions"/>; the reader of the call translates it to a <see
/// cref="DatabricksServingException"/>.
/// </summary>
internal sealed class BoundExceededException(string name, long limit) : Exception($"{name} of {limit} is exceeded.")
{
    public string Name => name;

    public long Limit => limit;
}
