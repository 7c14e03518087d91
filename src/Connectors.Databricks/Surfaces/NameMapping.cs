namespace Connectors.Databricks.Surfaces;

/// <summary>The result of mapping a name with the workspace's own data.</summary>
/// <param name="Target">The name on the other surface; null when the data names none, or several.</param>
/// <param name="Advice">What to do when there is no target.</param>
internal sealed record NameMapping(string? Target, string Advice)
{
    /// <summary>The model behind the target.</summary>
    public string? Model { get; init; }

    /// <summary>Whether the target could not be looked up, so that its response decides.</summary>
    public bool IsTentative { get; init; }

    /// <summary>Whether the name is not a foundation model, so that Unity Gateway does not concern it.</summary>
    public bool IsCustom { get; init; }

    /// <summary>Whether a lookup failed in a way that may pass, so that the result is not kept.</summary>
    public bool IsIncomplete { get; init; }

    public static NameMapping To(string target, string? model) => new(target, string.Empty) { Model = model };

    public static NameMapping None(string advice) => new(null, advice);
}
