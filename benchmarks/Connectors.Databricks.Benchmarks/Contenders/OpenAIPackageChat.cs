using System.ClientModel;
using System.ClientModel.Primitives;
using System.Text.Json;
using Connectors.Databricks.Benchmarks.Service;
using Microsoft.Extensions.AI;
using OpenAI;
using OpenAI.Chat;
using ChatMessage = Microsoft.Extensions.AI.ChatMessage;

namespace Connectors.Databricks.Benchmarks.Contenders;

/// <summary>
/// The official OpenAI package alone, on messages of its own type that were made beforehand: converting them, as an adapter to
/// Microsoft.Extensions.AI must, would come on top.
/// </summary>
internal sealed class OpenAIPackageChat : IChatContender
{
    private readonly ChatClient _chat;
    private readonly List<OpenAI.Chat.ChatMessage> _messages;
    private readonly ChatCompletionOptions _options = new();

    public OpenAIPackageChat(HttpClient http, List<ChatMessage> messages, ChatOptions? options)
    {
        _chat = NewClient(http);
        _messages = messages.ConvertAll(Convert);
        foreach (var tool in (options?.Tools ?? []).Cast<AIFunctionDeclaration>())
        {
            _options.Tools.Add(ChatTool.CreateFunctionTool(tool.Name, tool.Description, BinaryData.FromString(tool.JsonSchema.GetRawText())));
        }
    }

    public string Name => "OpenAIPackage";

    public static ChatClient NewClient(HttpClient http) => new(
        ConnectorChat.EndpointName,
        new ApiKeyCredential("dapi-benchmark"),
        new OpenAIClientOptions
        {
            Endpoint = new Uri(PreparedService.Host, "/serving-endpoints"),
            Transport = new HttpClientPipelineTransport(http),
        });

    public async Task<ChatOutcome> CallAsync()
    {
        ChatCompletion completion = await _chat.CompleteChatAsync(_messages, _options);
        var reason = completion.FinishReason == OpenAI.Chat.ChatFinishReason.Stop ? "stop" : completion.FinishReason.ToString();
        return new ChatOutcome(
            completion.Content[0].Text, completion.Model, reason, completion.Usage.InputTokenCount, completion.Usage.OutputTokenCount);
    }

    private static OpenAI.Chat.ChatMessage Convert(ChatMessage message) => message.Contents[0] switch
    {
        FunctionCallContent call => new AssistantChatMessage(
            [ChatToolCall.CreateFunctionToolCall(call.CallId, call.Name, BinaryData.FromString(Arguments(call)))]),
        FunctionResultContent result => new ToolChatMessage(result.CallId, (string)result.Result!),
        _ when message.Role == ChatRole.User => new UserChatMessage(message.Text),
        _ => new AssistantChatMessage(message.Text),
    };

    private static string Arguments(FunctionCallContent call) => JsonSerializer.Serialize(call.Arguments, AIJsonUtilities.DefaultOptions);
}
