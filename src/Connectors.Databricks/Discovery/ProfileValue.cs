namespace Connectors.Databricks;

/// <summary>A fact of an <see cref="EndpointProfile"/>, with its source.</summary>
/// <typeparam name="T">The type of the value.</typeparam>
public readonly struct ProfileValue<T>
{
    private readonly ProfileSource _source;

    /// <summary>Initializes a new instance of the <see cref="ProfileValue{T}"/> struct.</summary>
    /// <param name="value">The value.</param>
    /// <param name="source">The source of the value.</param>
    public ProfileValue(T? value, ProfileSource source)
    {
        Value = value;
        _source = source;
    }

    /// <summary>Gets the value; the default of its type if it is unknown.</summary>
    public T? Value { get; }

    /// <summary>Gets the source of the value.</summary>
    public ProfileSource Source => _source == default ? ProfileSource.Unknown : _source;

    /// <summary>Gets a value indicating whether the value is known.</summary>
    public bool IsKnown => Source != ProfileSource.Unknown;

    /// <summary>Returns the value and its source.</summary>
    /// <returns>Text for a log: <c>200000 (table)</c>.</returns>
    public override string ToString() => IsKnown ? $"{Value} ({Source})" : "unknown";
}
