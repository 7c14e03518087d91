namespace Connectors.Databricks.Wire;

/// <summary>A string of a set that the service may extend; unknown values are kept.</summary>
internal interface IOpenText<TSelf>
    where TSelf : struct, IOpenText<TSelf>
{
    string Value { get; }

    static abstract TSelf From(string value);
}
