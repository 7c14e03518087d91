using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json.Serialization;
using Microsoft.SemanticKernel.ChatCompletion;

namespace Microsoft.SemanticKernel;

[JsonPolymorphic(TypeDiscriminatorPropertyName = "$type")]
[JsonDerivedType(typeof(TextContent), nameof(TextContent))]
[JsonDerivedType(typeof(ImageContent), nameof(ImageContent))]
[JsonDerivedType(typeof(AudioContent), nameof(AudioContent))]
[JsonDerivedType(typeof(BinaryContent), nameof(BinaryContent))]
[JsonDerivedType(typeof(FunctionCallContent), nameof(FunctionCallContent))]
[JsonDerivedType(typeof(FunctionResultContent), nameof(FunctionResultContent))]
[JsonDerivedType(typeof(ChatMessageContent), nameof(ChatMessageContent))]
[JsonDerivedType(typeof(ReasoningContent), nameof(ReasoningContent))]
[JsonDerivedType(typeof(FileReferenceContent), nameof(FileReferenceContent))]
public abstract class KernelContent
{
    protected KernelContent()
    {
    }

    protected KernelContent(object? innerContent, string? modelId = null, IReadOnlyDictionary<string, object?>? metadata = null)
    {
        InnerContent = innerContent;
        ModelId = modelId;
        Metadata = metadata;
    }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? MimeType { get; set; }

    [JsonIgnore]
    public object? InnerContent { get; set; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ModelId { get; set; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyDictionary<string, object?>? Metadata { get; set; }
}

public sealed class TextContent : KernelContent
{
    [JsonConstructor]
    public TextContent()
    {
    }

    public TextContent(
        string? text,
        string? modelId = null,
        object? innerContent = null,
        Encoding? encoding = null,
        IReadOnlyDictionary<string, object?>? metadata = null)
        : base(innerContent, modelId, metadata)
    {
        _ = encoding;
        Text = text;
    }

    public string? Text { get; set; }

    public override string ToString() => Text ?? string.Empty;
}

[Experimental("SKEXP0110")]
public sealed class ReasoningContent : KernelContent
{
    [JsonConstructor]
    public ReasoningContent(string? text = null) => Text = text;

    [AllowNull]
    public string Text { get => field ?? string.Empty; init; }

    public override string ToString() => Text;
}

[Experimental("SKEXP0110")]
public class FileReferenceContent : KernelContent
{
    [JsonConstructor]
    public FileReferenceContent(string fileId) => FileId = fileId;

    public string FileId { get; }
}

[Experimental("SKEXP0001")]
public class BinaryContent : KernelContent
{
    [JsonConstructor]
    public BinaryContent()
    {
    }

    public BinaryContent(Uri uri) => Uri = uri;

    public BinaryContent(ReadOnlyMemory<byte> data, string? mimeType)
    {
        Data = data;
        MimeType = mimeType;
    }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Uri? Uri { get; set; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ReadOnlyMemory<byte>? Data { get; set; }
}

public class ImageContent : BinaryContent
{
    [JsonConstructor]
    public ImageContent()
    {
    }

    public ImageContent(Uri uri)
        : base(uri)
    {
    }

    public ImageContent(ReadOnlyMemory<byte> data, string? mimeType)
        : base(data, mimeType)
    {
    }
}

[Experimental("SKEXP0001")]
public class AudioContent : BinaryContent
{
    [JsonConstructor]
    public AudioContent()
    {
    }

    public AudioContent(Uri uri)
        : base(uri)
    {
    }

    public AudioContent(ReadOnlyMemory<byte> data, string? mimeType)
        : base(data, mimeType)
    {
    }
}

public class ChatMessageContent : KernelContent
{
    [JsonConstructor]
    public ChatMessageContent()
    {
    }

    public ChatMessageContent(
        AuthorRole role,
        string? content,
        string? modelId = null,
        object? innerContent = null,
        Encoding? encoding = null,
        IReadOnlyDictionary<string, object?>? metadata = null)
        : base(innerContent, modelId, metadata)
    {
        _ = encoding;
        Role = role;
        Content = content;
    }

    public ChatMessageContent(
        AuthorRole role,
        ChatMessageContentItemCollection items,
        string? modelId = null,
        object? innerContent = null,
        Encoding? encoding = null,
        IReadOnlyDictionary<string, object?>? metadata = null)
        : base(innerContent, modelId, metadata)
    {
        _ = encoding;
        Role = role;
        Items = items;
    }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? AuthorName { get; set; }

    public AuthorRole Role { get; set; }

    [JsonIgnore]
    public string? Content
    {
        get => Items.OfType<TextContent>().FirstOrDefault()?.Text;
        set
        {
            if (Items.OfType<TextContent>().FirstOrDefault() is { } text)
            {
                text.Text = value;
            }
            else if (value is not null)
            {
                Items.Add(new TextContent(value, ModelId, InnerContent, metadata: Metadata));
            }
        }
    }

    public ChatMessageContentItemCollection Items { get; set; } = [];

    public override string ToString() => Content ?? string.Empty;
}
