using System.Text.Json.Serialization;
using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Endpoints;

/// <summary>What a guardrail does with personal data (<c>behavior</c>).</summary>
/// <param name="Value">The word on the wire; one that is not listed here is kept as it came.</param>
[JsonConverter(typeof(OpenTextConverter<PiiBehavior>))]
public readonly record struct PiiBehavior(string Value) : IOpenText<PiiBehavior>
{
    /// <summary>Lets it pass.</summary>
    public static PiiBehavior None { get; } = new("NONE");

    /// <summary>Refuses the call.</summary>
    public static PiiBehavior Block { get; } = new("BLOCK");

    /// <summary>Replaces it.</summary>
    public static PiiBehavior Mask { get; } = new("MASK");

    /// <summary>The word on the wire.</summary>
    /// <returns><see cref="Value"/>.</returns>
    public override string ToString() => Value ?? string.Empty;

    static PiiBehavior IOpenText<PiiBehavior>.From(string value) => new(value);
}
