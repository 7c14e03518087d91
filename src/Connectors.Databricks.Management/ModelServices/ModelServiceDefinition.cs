using System.Text.Json.Serialization;
using Connectors.Databricks.Management.ModelServices;

namespace Connectors.Databricks.Management;

/// <summary>A model service to create.</summary>
public sealed record ModelServiceDefinition : EndpointDocument
{
    /// <summary>Initializes a new instance of the <see cref="ModelServiceDefinition"/> class.</summary>
    /// <param name="name">The three-part name, such as <c>main.ai.chat</c>. It cannot be changed later.</param>
    /// <param name="config">The configuration, with one destination at least.</param>
    /// <exception cref="ArgumentException"><paramref name="name"/> is not a three-part name.</exception>
    public ModelServiceDefinition(string name, ModelServiceConfig config)
    {
        ArgumentNullException.ThrowIfNull(config);
        Name = ModelServiceNames.Require(name, nameof(name));
        Config = config;
    }

    /// <summary>Gets the three-part name.</summary>
    [JsonIgnore]
    public string Name { get; }

    /// <summary>Gets the configuration.</summary>
    public ModelServiceConfig Config { get; init; }

    /// <summary>Gets the description.</summary>
    public string? Comment { get; init; }

    /// <summary>Gets the owner.</summary>
    /// <value>Default: <see langword="null"/>, the caller.</value>
    public string? Owner { get; init; }
}
