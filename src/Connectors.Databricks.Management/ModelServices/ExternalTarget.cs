using Connectors.Databricks.Wire;

namespace Connectors.Databricks.Management;

/// <summary>A model at another provider.</summary>
public sealed record ExternalTarget : EndpointDocument
{
    private readonly EquatableList<string> _nativeApiTypes;

    /// <summary>Gets the model, as the provider names it.</summary>
    public string? Model { get; init; }

    /// <summary>Gets the APIs of the model, such as <c>openai/v1/chat/completions</c>.</summary>
    public IReadOnlyList<string>? NativeApiTypes { get => _nativeApiTypes.OrNull; init => _nativeApiTypes = new(value); }
}
