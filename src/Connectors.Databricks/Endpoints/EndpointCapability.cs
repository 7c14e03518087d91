namespace Connectors.Databricks.Endpoints;

/// <summary>Something that not every model can do.</summary>
/// <param name="Value">The word for people and for tools.</param>
public readonly record struct EndpointCapability(string Value)
{
    /// <summary>It calls tools.</summary>
    public static EndpointCapability Tools { get; } = new("tools");

    /// <summary>It answers in the form of a JSON schema.</summary>
    public static EndpointCapability StructuredOutput { get; } = new("structured-output");

    /// <summary>It can be told to think first.</summary>
    public static EndpointCapability Reasoning { get; } = new("reasoning");

    /// <summary>It reads images.</summary>
    public static EndpointCapability ImageInput { get; } = new("image-input");

    /// <summary>It hears audio.</summary>
    public static EndpointCapability AudioInput { get; } = new("audio-input");

    /// <summary>It sees video.</summary>
    public static EndpointCapability VideoInput { get; } = new("video-input");

    /// <summary>It reads files, such as PDF.</summary>
    public static EndpointCapability FileInput { get; } = new("file-input");

    /// <summary>The word.</summary>
    /// <returns><see cref="Value"/>.</returns>
    public override string ToString() => Value ?? string.Empty;

    internal static IReadOnlyList<EndpointCapability> All { get; } =
        [Tools, StructuredOutput, Reasoning, ImageInput, AudioInput, VideoInput, FileInput];
}
