using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.SemanticKernel.ChatCompletion;

namespace Microsoft.SemanticKernel;

public sealed class FunctionCallContent : KernelContent
{
    [JsonConstructor]
    public FunctionCallContent(string functionName, string? pluginName = null, string? id = null, KernelArguments? arguments = null) =>
        (FunctionName, PluginName, Id, Arguments) = (functionName, pluginName, id, arguments);

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Id { get; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? PluginName { get; }

    public string FunctionName { get; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public KernelArguments? Arguments { get; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public Exception? Exception { get; init; }

    public static IEnumerable<FunctionCallContent> GetFunctionCalls(ChatMessageContent messageContent) =>
        messageContent.Items.OfType<FunctionCallContent>();

    public async Task<FunctionResultContent> InvokeAsync(Kernel kernel, CancellationToken cancellationToken = default)
    {
        if (Exception is not null)
        {
            throw Exception;
        }

        return kernel.Plugins.TryGetFunction(PluginName, FunctionName, out var function)
            ? new FunctionResultContent(this, await function.InvokeAsync(kernel, Arguments, cancellationToken).ConfigureAwait(false))
            : throw new KeyNotFoundException($"There is no function '{FunctionName}' in the plugin '{PluginName}'.");
    }
}

public sealed class FunctionResultContent : KernelContent
{
    [JsonConstructor]
    public FunctionResultContent(string? functionName = null, string? pluginName = null, string? callId = null, object? result = null) =>
        (FunctionName, PluginName, CallId, Result) = (functionName, pluginName, callId, result);

    public FunctionResultContent(FunctionCallContent functionCall, object? result = null)
        : this(functionCall.FunctionName, functionCall.PluginName, functionCall.Id, result)
    {
    }

    public FunctionResultContent(FunctionCallContent functionCallContent, FunctionResult result)
        : this(functionCallContent, result.GetValue<object>()) => InnerContent = result;

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? CallId { get; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? PluginName { get; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? FunctionName { get; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public object? Result { get; }

    public ChatMessageContent ToChatMessage() => new(AuthorRole.Tool, [this]);
}

public sealed class FunctionCallContentBuilder
{
    private readonly Dictionary<string, (string? Id, string? Name, StringBuilder Arguments)> _calls = [];

    public FunctionCallContentBuilder()
    {
    }

    public void Append(StreamingChatMessageContent content)
    {
        foreach (var update in content.Items.OfType<StreamingFunctionCallUpdateContent>())
        {
            var key = $"{update.RequestIndex}-{update.FunctionCallIndex}";
            var (id, name, arguments) = _calls.GetValueOrDefault(key, (null, null, new StringBuilder()));
            _calls[key] = (update.CallId ?? id, update.Name ?? name, arguments.Append(update.Arguments));
        }
    }

    public IReadOnlyList<FunctionCallContent> Build() => [.. _calls.Values.Select(call => Build(call.Id, call.Name ?? "", call.Arguments))];

    private static FunctionCallContent Build(string? id, string name, StringBuilder text)
    {
        var parts = name.Split('-', 2);
        var arguments = new KernelArguments();
        foreach (var (key, value) in JsonSerializer.Deserialize<Dictionary<string, object?>>(text.Length > 0 ? text.ToString() : "{}")!)
        {
            arguments[key] = value?.ToString();
        }

        return new FunctionCallContent(parts[^1], parts.Length > 1 ? parts[0] : null, id, arguments);
    }
}
