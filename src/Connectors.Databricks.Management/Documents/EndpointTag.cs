namespace Connectors.Databricks.Management;

/// <summary>A tag of an endpoint.</summary>
public sealed record EndpointTag : EndpointDocument
{
    /// <summary>Initializes a new instance of the <see cref="EndpointTag"/> class, for an object initializer.</summary>
    public EndpointTag()
    {
    }

    /// <summary>Initializes a new instance of the <see cref="EndpointTag"/> class.</summary>
    /// <param name="key">The key.</param>
    /// <param name="value">The value; <see langword="null"/> for none.</param>
    public EndpointTag(string key, string? value = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(key);
        Key = key;
        Value = value;
    }

    /// <summary>Gets the key.</summary>
    public string Key { get => field ?? string.Empty; init; }

    /// <summary>Gets the value; <see langword="null"/> when the tag has none.</summary>
    public string? Value { get; init; }

    /// <summary>Returns key and value.</summary>
    /// <returns>Text for a log: <c>team=growth</c>.</returns>
    public override string ToString() => Value is null ? Key : $"{Key}={Value}";
}
