namespace Connectors.Databricks;

/// <summary>Something that not every model can do.</summary>
public readonly struct EndpointCapability : IEquatable<EndpointCapability>
{
    /// <summary>Initializes a new instance of the <see cref="EndpointCapability"/> struct.</summary>
    /// <param name="value">The value; values that are not listed here are accepted.</param>
    /// <exception cref="ArgumentException"><paramref name="value"/> is empty or white space.</exception>
    public EndpointCapability(string value)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(value);
        Value = value;
    }

    /// <summary>It calls tools.</summary>
    public static EndpointCapability Tools { get; } = new("tools");

    /// <summary>Structured output: responses that conform to a JSON schema.</summary>
    public static EndpointCapability StructuredOutput { get; } = new("structured-output");

    /// <summary>It supports reasoning.</summary>
    public static EndpointCapability Reasoning { get; } = new("reasoning");

    /// <summary>It reads images.</summary>
    public static EndpointCapability ImageInput { get; } = new("image-input");

    /// <summary>Audio input.</summary>
    public static EndpointCapability AudioInput { get; } = new("audio-input");

    /// <summary>Video input.</summary>
    public static EndpointCapability VideoInput { get; } = new("video-input");

    /// <summary>It reads files, such as PDF.</summary>
    public static EndpointCapability FileInput { get; } = new("file-input");

    internal static IReadOnlyList<EndpointCapability> All { get; } =
        [Tools, StructuredOutput, Reasoning, ImageInput, AudioInput, VideoInput, FileInput];

    /// <summary>Gets the value; empty for the default instance.</summary>
    public string Value { get => field ?? string.Empty; }

    /// <summary>Compares two values, ignoring case.</summary>
    /// <param name="left">The first value.</param>
    /// <param name="right">The second value.</param>
    /// <returns>Whether they are equal.</returns>
    public static bool operator ==(EndpointCapability left, EndpointCapability right) => left.Equals(right);

    /// <summary>Compares two values, ignoring case.</summary>
    /// <param name="left">The first value.</param>
    /// <param name="right">The second value.</param>
    /// <returns>Whether they differ.</returns>
    public static bool operator !=(EndpointCapability left, EndpointCapability right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(EndpointCapability other) => string.Equals(Value, other.Value, StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is EndpointCapability other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => StringComparer.OrdinalIgnoreCase.GetHashCode(Value);

    /// <summary>Returns <see cref="Value"/>.</summary>
    /// <returns>The value.</returns>
    public override string ToString() => Value;
}
