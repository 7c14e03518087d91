namespace Connectors.Databricks;

/// <summary>How an endpoint came to serve, and how it is paid for: what <see cref="EndpointDirectory"/> makes of it.</summary>
public readonly struct EndpointKind : IEquatable<EndpointKind>
{
    /// <summary>Initializes a new instance of the <see cref="EndpointKind"/> struct.</summary>
    /// <param name="value">The value; values that are not listed here are accepted.</param>
    /// <exception cref="ArgumentException"><paramref name="value"/> is empty or white space.</exception>
    public EndpointKind(string value)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(value);
        Value = value;
    }

    /// <summary>It is unknown.</summary>
    public static EndpointKind Unknown { get; } = new("unknown");

    /// <summary>A foundation model that Databricks runs for everybody, paid by the token.</summary>
    public static EndpointKind PayPerToken { get; } = new("pay-per-token");

    /// <summary>A foundation model with throughput of its own.</summary>
    public static EndpointKind ProvisionedThroughput { get; } = new("provisioned-throughput");

    /// <summary>A model of another provider.</summary>
    public static EndpointKind External { get; } = new("external");

    /// <summary>A model of your own.</summary>
    public static EndpointKind Custom { get; } = new("custom");

    /// <summary>An agent of your own.</summary>
    public static EndpointKind Agent { get; } = new("agent");

    /// <summary>Features out of tables.</summary>
    public static EndpointKind Feature { get; } = new("feature");

    /// <summary>Gets the value; empty for the default instance.</summary>
    public string Value { get => field ?? string.Empty; }

    /// <summary>Compares two values, ignoring case.</summary>
    /// <param name="left">The first value.</param>
    /// <param name="right">The second value.</param>
    /// <returns>Whether they are equal.</returns>
    public static bool operator ==(EndpointKind left, EndpointKind right) => left.Equals(right);

    /// <summary>Compares two values, ignoring case.</summary>
    /// <param name="left">The first value.</param>
    /// <param name="right">The second value.</param>
    /// <returns>Whether they differ.</returns>
    public static bool operator !=(EndpointKind left, EndpointKind right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(EndpointKind other) => string.Equals(Value, other.Value, StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is EndpointKind other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.OrdinalIgnoreCase.GetHashCode(Value);

    /// <summary>Returns <see cref="Value"/>.</summary>
    /// <returns>The value.</returns>
    public override string ToString() => Value;
}
