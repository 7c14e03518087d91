using System.Text.Json;
using Microsoft.Extensions.AI;
using Microsoft.SemanticKernel;
using AI = Microsoft.Extensions.AI;

namespace Connectors.Databricks.SemanticKernel.Contents;

/// <summary>Converts one content of a response to an item of Semantic Kernel.</summary>
internal static class ItemFromChat
{
    /// <returns>The item; <see langword="null"/> for content that becomes metadata of the message instead.</returns>
    public static KernelContent? Read(AIContent content, FunctionNaming naming, string? modelId)
    {
        KernelContent? item = content switch
        {
            AI.TextContent text => Text(text),
            TextReasoningContent reasoning => new ReasoningContent(reasoning.Text) { Metadata = ReasoningMetadata(reasoning) },
            AI.FunctionCallContent call => FunctionCallFromChat.Read(call, naming),
            AI.FunctionResultContent result =>
                new Microsoft.SemanticKernel.FunctionResultContent(callId: result.CallId, result: result.Result)
                {
                    Metadata = StoredItems.MetadataOf(result),
                },
            DataContent data => Media(data.MediaType, data.Data, null),
            UriContent uri => Media(uri.MediaType, null, uri.Uri),
            ToolApprovalRequestContent approval when Approvals.MetadataOf(approval) is { } metadata =>
                new ReasoningContent(string.Empty) { Metadata = metadata },
            ErrorContent error => new Microsoft.SemanticKernel.TextContent(error.Message),
            _ => null,
        };
        if (item is not null)
        {
            item.ModelId = modelId;
            item.InnerContent = content.RawRepresentation ?? content;
        }

        return item;
    }

    private static Microsoft.SemanticKernel.TextContent Text(AI.TextContent text) => new(text.Text)
    {
        Metadata = text.Annotations is { Count: > 0 } annotations
            ? new Dictionary<string, object?> { [MetadataNames.Annotations] = annotations.Select(Annotation).ToArray() }
            : null,
    };

    // As plain values, so that a history can be serialized: Semantic Kernel has no JSON contract for the annotations themselves.
    private static Dictionary<string, string?> Annotation(AIAnnotation annotation) => annotation is CitationAnnotation citation
        ? new()
        {
            ["Title"] = citation.Title,
            ["Url"] = citation.Url?.ToString(),
            ["FileId"] = citation.FileId,
            ["Snippet"] = citation.Snippet,
        }
        : [];

    public static Dictionary<string, object?>? ReasoningMetadata(TextReasoningContent reasoning) =>
        reasoning.ProtectedData is { } data ? new() { [MetadataNames.ProtectedData] = data } : null;

    private static BinaryContent Media(string mediaType, ReadOnlyMemory<byte>? data, Uri? uri)
    {
        var item =
            mediaType.StartsWith("image/", StringComparison.OrdinalIgnoreCase)
                ? data is { } image ? new ImageContent(image, mediaType) : new ImageContent(uri!)
            : mediaType.StartsWith("audio/", StringComparison.OrdinalIgnoreCase)
                ? data is { } audio ? new AudioContent(audio, mediaType) : new AudioContent(uri!)
            : data is { } bytes ? new BinaryContent(bytes, mediaType) : new BinaryContent(uri!);
        item.MimeType = mediaType;
        return item;
    }
}
