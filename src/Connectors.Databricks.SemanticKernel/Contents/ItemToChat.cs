using System.Text.Json;
using Microsoft.Extensions.AI;
using Microsoft.SemanticKernel;
using AI = Microsoft.Extensions.AI;

namespace Connectors.Databricks.SemanticKernel.Contents;

/// <summary>Converts one item of a message to content of Microsoft.Extensions.AI.</summary>
internal static class ItemToChat
{
    /// <summary>Returns the content; an item that only another service supports is its raw representation.</summary>
    public static AIContent Write(KernelContent item) => item switch
    {
        Microsoft.SemanticKernel.TextContent text => new AI.TextContent(text.Text),
        ReasoningContent reasoning => new TextReasoningContent(reasoning.Text)
        {
            ProtectedData = Text(item, MetadataNames.ProtectedData),
        },
        Microsoft.SemanticKernel.FunctionCallContent call => FunctionCallToChat.Write(call),
        Microsoft.SemanticKernel.FunctionResultContent result => Result(result),
        ImageContent image => Image(image),
        AudioContent audio => Media(audio, "audio/*"),
        BinaryContent binary => Media(binary, "application/octet-stream"),

        // Left out of a history, and rejected in the current turn, as contents of other clients are.
        _ => new AIContent { RawRepresentation = item },
    };

    private static AIContent Image(ImageContent image)
    {
        var content = Media(image, "image/*");
        var detail = Text(image, MetadataNames.OpenAIImageDetail) ?? Text(image, DatabricksPropertyNames.ImageDetail);
        if (detail is not null)
        {
            content.AdditionalProperties = new() { [DatabricksPropertyNames.ImageDetail] = detail.ToUpperInvariant() switch
            {
                "AUTO" => "auto",
                "LOW" => "low",
                "HIGH" => "high",
                _ => detail,
            } };
        }

        return content;
    }

    private static AIContent Media(BinaryContent binary, string anyType)
    {
        if (binary.Data is { IsEmpty: false } data)
        {
            return new DataContent(data, binary.MimeType ?? anyType);
        }

        return binary.Uri is { } uri
            ? new UriContent(uri, binary.MimeType ?? anyType)
            : throw new ArgumentException($"{binary.GetType().Name} has neither Data nor a Uri: there is nothing to send.", nameof(binary));
    }

    private static AI.FunctionResultContent Result(Microsoft.SemanticKernel.FunctionResultContent result)
    {
        var callId = result.CallId ?? throw new ArgumentException(
            $"The result of function '{result.FunctionName}' has no CallId, so it refers to no call. " +
            "Create it from the FunctionCallContent.",
            nameof(result));
        var stored = Text(result, DatabricksPropertyNames.ResponseItem);
        return new AI.FunctionResultContent(callId, result.Result switch
        {
            null => string.Empty,

            // Parts of an item go back as they were.
            JsonElement { ValueKind: JsonValueKind.Array or JsonValueKind.Object } parts when stored is not null => parts,
            ImageContent image => Image(image),
            { } value => Functions.FunctionResultText.Of(value, result.PluginName, result.FunctionName),
        })
        {
            AdditionalProperties = stored is null ? null : new() { [DatabricksPropertyNames.ResponseItem] = stored },
        };
    }

    /// <summary>A text in an item's metadata, which comes back from JSON as an element.</summary>
    public static string? Text(KernelContent item, string name) =>
        item.Metadata?.TryGetValue(name, out var value) is true
            ? value is JsonElement { ValueKind: JsonValueKind.String } element ? element.GetString() : value as string
            : null;
}
