using Microsoft.SemanticKernel.Services;

namespace Microsoft.SemanticKernel.Services
{
    public interface IAIService
    {
        IReadOnlyDictionary<string, object?> Attributes { get; }
    }

    public static class AIServiceExtensions
    {
        public static string ModelIdKey => "ModelId";

        public static string EndpointKey => "Endpoint";

        public static string? GetModelId(this IAIService service) => service.Attributes.GetValueOrDefault(ModelIdKey) as string;

        public static string? GetEndpoint(this IAIService service) => service.Attributes.GetValueOrDefault(EndpointKey) as string;
    }
}

namespace Microsoft.SemanticKernel.TextGeneration
{
    public interface ITextGenerationService : IAIService
    {
        Task<IReadOnlyList<TextContent>> GetTextContentsAsync(
            string prompt,
            PromptExecutionSettings? executionSettings = null,
            Kernel? kernel = null,
            CancellationToken cancellationToken = default);

        IAsyncEnumerable<StreamingTextContent> GetStreamingTextContentsAsync(
            string prompt,
            PromptExecutionSettings? executionSettings = null,
            Kernel? kernel = null,
            CancellationToken cancellationToken = default);
    }
}

namespace Microsoft.SemanticKernel.ChatCompletion
{
    public interface IChatCompletionService : IAIService
    {
        Task<IReadOnlyList<ChatMessageContent>> GetChatMessageContentsAsync(
            ChatHistory chatHistory,
            PromptExecutionSettings? executionSettings = null,
            Kernel? kernel = null,
            CancellationToken cancellationToken = default);

        IAsyncEnumerable<StreamingChatMessageContent> GetStreamingChatMessageContentsAsync(
            ChatHistory chatHistory,
            PromptExecutionSettings? executionSettings = null,
            Kernel? kernel = null,
            CancellationToken cancellationToken = default);
    }

    public static class ChatCompletionServiceExtensions
    {
        public static Task<IReadOnlyList<ChatMessageContent>> GetChatMessageContentsAsync(
            this IChatCompletionService chatCompletionService,
            string prompt,
            PromptExecutionSettings? executionSettings = null,
            Kernel? kernel = null,
            CancellationToken cancellationToken = default) =>
            chatCompletionService.GetChatMessageContentsAsync(
                [new(AuthorRole.User, prompt)], executionSettings, kernel, cancellationToken);

        public static async Task<ChatMessageContent> GetChatMessageContentAsync(
            this IChatCompletionService chatCompletionService,
            string prompt,
            PromptExecutionSettings? executionSettings = null,
            Kernel? kernel = null,
            CancellationToken cancellationToken = default) =>
            (await chatCompletionService.GetChatMessageContentsAsync(prompt, executionSettings, kernel, cancellationToken)
                .ConfigureAwait(false)).Single();

        public static async Task<ChatMessageContent> GetChatMessageContentAsync(
            this IChatCompletionService chatCompletionService,
            ChatHistory chatHistory,
            PromptExecutionSettings? executionSettings = null,
            Kernel? kernel = null,
            CancellationToken cancellationToken = default) =>
            (await chatCompletionService.GetChatMessageContentsAsync(chatHistory, executionSettings, kernel, cancellationToken)
                .ConfigureAwait(false)).Single();

        public static IAsyncEnumerable<StreamingChatMessageContent> GetStreamingChatMessageContentsAsync(
            this IChatCompletionService chatCompletionService,
            string prompt,
            PromptExecutionSettings? executionSettings = null,
            Kernel? kernel = null,
            CancellationToken cancellationToken = default) =>
            chatCompletionService.GetStreamingChatMessageContentsAsync(
                [new(AuthorRole.User, prompt)], executionSettings, kernel, cancellationToken);
    }
}
