using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json.Serialization;
using Microsoft.SemanticKernel.ChatCompletion;

namespace Microsoft.SemanticKernel;

public abstract class StreamingKernelContent
{
    protected StreamingKernelContent()
    {
    }

    protected StreamingKernelContent(
        object? innerContent, int choiceIndex = 0, string? modelId = null, IReadOnlyDictionary<string, object?>? metadata = null)
    {
        InnerContent = innerContent;
        ChoiceIndex = choiceIndex;
        ModelId = modelId;
        Metadata = metadata;
    }

    public int ChoiceIndex { get; set; }

    [JsonIgnore]
    public object? InnerContent { get; set; }

    public string? ModelId { get; set; }

    public IReadOnlyDictionary<string, object?>? Metadata { get; set; }

    public abstract override string ToString();

    public abstract byte[] ToByteArray();
}

public class StreamingTextContent : StreamingKernelContent
{
    [JsonConstructor]
    public StreamingTextContent(
        string? text,
        int choiceIndex = 0,
        string? modelId = null,
        object? innerContent = null,
        Encoding? encoding = null,
        IReadOnlyDictionary<string, object?>? metadata = null)
        : base(innerContent, choiceIndex, modelId, metadata)
    {
        _ = encoding;
        Text = text;
    }

    public string? Text { get; set; }

    public override string ToString() => Text ?? string.Empty;

    public override byte[] ToByteArray() => Encoding.UTF8.GetBytes(ToString());
}

[Experimental("SKEXP0110")]
public sealed class StreamingReasoningContent : StreamingKernelContent
{
    [JsonConstructor]
    public StreamingReasoningContent(string? text = null) => Text = text;

    [AllowNull]
    public string Text { get => field ?? string.Empty; init; }

    public override string ToString() => Text;

    public override byte[] ToByteArray() => Encoding.UTF8.GetBytes(Text);
}

public class StreamingFunctionCallUpdateContent : StreamingKernelContent
{
    public StreamingFunctionCallUpdateContent(
        string? callId = null, string? name = null, string? arguments = null, int functionCallIndex = 0) =>
        (CallId, Name, Arguments, FunctionCallIndex) = (callId, name, arguments, functionCallIndex);

    public string? CallId { get; init; }

    public string? Name { get; init; }

    public string? Arguments { get; init; }

    public int FunctionCallIndex { get; init; }

    [Experimental("SKEXP0001")]
    public int RequestIndex { get; init; }

    public override string ToString() => nameof(StreamingFunctionCallUpdateContent);

    public override byte[] ToByteArray() => Encoding.UTF8.GetBytes(ToString());
}

public class StreamingChatMessageContent : StreamingKernelContent
{
    [JsonConstructor]
    public StreamingChatMessageContent(
        AuthorRole? role,
        string? content,
        object? innerContent = null,
        int choiceIndex = 0,
        string? modelId = null,
        Encoding? encoding = null,
        IReadOnlyDictionary<string, object?>? metadata = null)
        : base(innerContent, choiceIndex, modelId, metadata)
    {
        _ = encoding;
        Role = role;
        Content = content;
    }

    public string? Content
    {
        get => Items.OfType<StreamingTextContent>().FirstOrDefault()?.Text;
        set
        {
            if (Items.OfType<StreamingTextContent>().FirstOrDefault() is { } text)
            {
                text.Text = value;
            }
            else if (value is not null)
            {
                Items.Add(new StreamingTextContent(value, ChoiceIndex, ModelId, InnerContent, metadata: Metadata));
            }
        }
    }

    [JsonIgnore]
    public StreamingKernelContentItemCollection Items { get; } = [];

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? AuthorName { get; set; }

    public AuthorRole? Role { get; set; }

    public override string ToString() => Content ?? string.Empty;

    public override byte[] ToByteArray() => Encoding.UTF8.GetBytes(ToString());
}
