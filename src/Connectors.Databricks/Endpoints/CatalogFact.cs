namespace Connectors.Databricks.Endpoints;

/// <summary>Something that the catalogue says of an endpoint, and how it is known.</summary>
/// <typeparam name="T">The type of the value.</typeparam>
/// <param name="Value">The value; the type's default when <paramref name="Source"/> is <see cref="CatalogFactSource.Unknown"/>.</param>
/// <param name="Source">How it is known.</param>
public readonly record struct CatalogFact<T>(T? Value, CatalogFactSource Source)
{
    /// <summary>Whether anything is known.</summary>
    public bool IsKnown => Source != default && Source != CatalogFactSource.Unknown;

    /// <summary>The value, and in brackets how it is known.</summary>
    /// <returns>For a log: <c>200000 (table)</c>.</returns>
    public override string ToString() => IsKnown ? $"{Value} ({Source})" : "unknown";
}
