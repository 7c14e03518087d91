namespace Connectors.Databricks.Wire;

/// <summary>A text of a set that the service may extend: what is not known is kept.</summary>
internal interface IOpenText<TSelf>
    where TSelf : struct, IOpenText<TSelf>
{
    string Value { get; }

    static abstract TSelf From(string value);
}
