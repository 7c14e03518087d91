namespace Connectors.Databricks.Endpoints;

/// <summary>Which entries of a catalogue are wanted. What is unset lets everything through; all that is set must hold.</summary>
public sealed record CatalogFilter
{
    /// <summary>Whether the endpoint answers calls now.</summary>
    /// <value>Default: <see langword="null"/>, either.</value>
    public bool? IsReady { get; init; }

    /// <summary>What it takes and gives.</summary>
    /// <value>Default: <see langword="null"/>, any.</value>
    public EndpointTask? Task { get; init; }

    /// <summary>How it came to serve.</summary>
    /// <value>Default: <see langword="null"/>, any.</value>
    public EndpointKind? Kind { get; init; }

    /// <summary>Which call it answers.</summary>
    /// <value>Default: <see langword="null"/>, any.</value>
    public EndpointMode? Mode { get; init; }

    /// <summary>What it must be known to do, all of it.</summary>
    /// <value>Default: empty.</value>
    public IReadOnlyList<EndpointCapability> Capabilities { get; init; } = [];

    /// <summary>The least context window, in tokens; endpoints whose window is not known are left out.</summary>
    /// <value>Default: <see langword="null"/>, any.</value>
    public int? MinContextWindow { get; init; }

    /// <summary>Who made it, in any case of letters.</summary>
    /// <value>Default: <see langword="null"/>, anybody.</value>
    public string? Creator { get; init; }

    /// <summary>A tag that it must have; its value is compared only when this one has a value.</summary>
    /// <value>Default: <see langword="null"/>, any.</value>
    public EndpointTag? Tag { get; init; }

    /// <summary>A part of the endpoint's name, of a served entity's or of an external model's, in any case of letters.</summary>
    /// <value>Default: <see langword="null"/>, any.</value>
    public string? NameContains { get; init; }

    /// <summary>Whether endpoints stay whose model has been retired.</summary>
    /// <value>Default: <see langword="true"/>.</value>
    public bool IncludeRetired { get; init; } = true;

    /// <summary>Whether an entry is wanted.</summary>
    /// <param name="entry">The entry.</param>
    /// <returns>Whether everything that is set holds.</returns>
    public bool Matches(CatalogEntry entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        return (IsReady is null || entry.Endpoint.IsReady == IsReady)
            && (Task is null || entry.Task.Value == Task)
            && (Kind is null || entry.Kind.Value == Kind)
            && (Mode is null || entry.Mode.Value == Mode)
            && Capabilities.All(entry.Can)
            && (MinContextWindow is null || entry.ContextWindow.Value >= MinContextWindow)
            && (Creator is null || Creator.Equals(entry.Endpoint.Creator, StringComparison.OrdinalIgnoreCase))
            && (Tag is null || entry.Endpoint.Tags.Any(HasTag))
            && (NameContains is null || Names(entry.Endpoint).Any(HasName))
            && (IncludeRetired || entry.Lifecycle.Value?.Stage != DatabricksModelStage.Retired);
    }

    private bool HasTag(EndpointTag tag) => tag.Key == Tag!.Key && (Tag.Value is null || tag.Value == Tag.Value);

    private bool HasName(string name) => name.Contains(NameContains!, StringComparison.OrdinalIgnoreCase);

    private static IEnumerable<string> Names(ServingEndpoint endpoint) => (endpoint.Config?.ServedEntities ?? [])
        .SelectMany(entity => new[] { entity.Name, entity.EntityName, entity.ExternalModel?.Name, entity.FoundationModel?.DisplayName })
        .OfType<string>()
        .Prepend(endpoint.Name);
}
