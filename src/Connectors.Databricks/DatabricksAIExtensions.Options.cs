using System.Diagnostics.CodeAnalysis;
using System.Text.Json.Nodes;
using Connectors.Databricks.Diagnostics;
using Microsoft.Extensions.AI;

namespace Connectors.Databricks;

// Inputs without a property in Microsoft.Extensions.AI. They are stored in AdditionalProperties under the names of the request body or of
// DatabricksPropertyNames, so that options that are cloned or stored keep them.
public static partial class DatabricksAIExtensions
{
    /// <summary>
    /// Sets strict mode (<c>strict</c>) for the response format and for every tool without a setting of its own: the schema is closed, all
    /// properties are required, and the model follows it exactly.
    /// </summary>
    /// <param name="options">The options, which are modified.</param>
    /// <param name="isStrict">Whether schemas are strict. They are not by default, because many endpoints reject <c>strict</c>.</param>
    /// <returns><paramref name="options"/>.</returns>
    public static ChatOptions WithStrictSchema(this ChatOptions options, bool isStrict = true) =>
        With(options, DatabricksPropertyNames.Strict, isStrict);

    /// <summary>Sets strict mode for one tool, which takes precedence over the chat options.</summary>
    /// <param name="function">The tool, which is not modified.</param>
    /// <param name="isStrict">Whether the schema of the parameters is strict.</param>
    /// <returns>A tool that delegates to <paramref name="function"/> and has the setting.</returns>
    public static AIFunction WithStrictSchema(this AIFunction function, bool isStrict = true)
    {
        ArgumentNullException.ThrowIfNull(function);
        return new FunctionWithProperty(function, DatabricksPropertyNames.Strict, isStrict);
    }

    /// <summary>Turns request shaping on or off for one call; <see cref="DatabricksChatOptions.ShapeRequests"/> is the default.</summary>
    /// <param name="options">The options, which are modified.</param>
    /// <param name="isEnabled">Whether the request is adapted to the model.</param>
    /// <returns><paramref name="options"/>.</returns>
    public static ChatOptions WithRequestShaping(this ChatOptions options, bool isEnabled) =>
        With(options, DatabricksPropertyNames.ShapeRequest, isEnabled);

    /// <summary>Sets the number of choices (<c>n</c>); each is a message of the response.</summary>
    /// <param name="options">The options, which are modified.</param>
    /// <param name="count">The number of choices, 1 or more.</param>
    /// <returns><paramref name="options"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="count"/> is less than 1.</exception>
    public static ChatOptions WithChoiceCount(this ChatOptions options, int count)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        return With(options, "n", count);
    }

    /// <summary>Requests token log probabilities, which messages have under <see cref="DatabricksPropertyNames.LogProbs"/>.</summary>
    /// <param name="options">The options, which are modified.</param>
    /// <param name="topCount">The number of alternatives per token (<c>top_logprobs</c>), or <see langword="null"/> for none.</param>
    /// <returns><paramref name="options"/>.</returns>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="topCount"/> is negative.</exception>
    public static ChatOptions WithLogProbs(this ChatOptions options, int? topCount = null)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(topCount ?? 0, nameof(topCount));
        With(options, DatabricksPropertyNames.LogProbs, true);
        return topCount is { } count ? With(options, "top_logprobs", count) : options;
    }

    /// <summary>Sets the processing tier (<c>service_tier</c>).</summary>
    /// <param name="options">The options, which are modified.</param>
    /// <param name="tier">The tier, such as <c>priority</c>.</param>
    /// <returns><paramref name="options"/>.</returns>
    /// <exception cref="ArgumentException"><paramref name="tier"/> is empty.</exception>
    public static ChatOptions WithServiceTier(this ChatOptions options, string tier)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(tier);
        return With(options, DatabricksPropertyNames.ServiceTier, tier);
    }

    /// <summary>Sets tags that usage tracking records for the call (<c>usage_context</c>).</summary>
    /// <param name="options">The options, which are modified.</param>
    /// <param name="tags">The tags. They are copied.</param>
    /// <returns><paramref name="options"/>.</returns>
    public static ChatOptions WithUsageContext(this ChatOptions options, IEnumerable<KeyValuePair<string, string>> tags)
    {
        ArgumentNullException.ThrowIfNull(tags);
        return With(options, "usage_context", tags.ToDictionary(tag => tag.Key, tag => (object?)tag.Value));
    }

    /// <summary>
    /// Sets tags that Unity Gateway records for the call in <c>system.ai_gateway.usage</c>. They take precedence over
    /// <see cref="DatabricksChatOptions.RequestTags"/>.
    /// </summary>
    /// <param name="options">The options, which are modified.</param>
    /// <param name="tags">The tags. They are copied.</param>
    /// <returns><paramref name="options"/>.</returns>
    public static ChatOptions WithRequestTags(this ChatOptions options, IEnumerable<KeyValuePair<string, string>> tags)
    {
        ArgumentNullException.ThrowIfNull(tags);
        return With(options, DatabricksPropertyNames.RequestTags, new Dictionary<string, string>(tags, StringComparer.Ordinal));
    }

    /// <summary>Sets the custom inputs of an agent (<c>custom_inputs</c>).</summary>
    /// <param name="options">The options, which are modified.</param>
    /// <param name="inputs">The inputs, as the agent defines them.</param>
    /// <returns><paramref name="options"/>.</returns>
    [Experimental(ExperimentalIds.ServingAgents)]
    public static ChatOptions WithCustomInputs(this ChatOptions options, JsonObject inputs)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        return With(options, "custom_inputs", inputs);
    }

    /// <summary>Sets the context of an agent (<c>context</c>): the user and the conversation, for the memory of agents.</summary>
    /// <param name="options">The options, which are modified.</param>
    /// <param name="userId">The id of the user, or <see langword="null"/> for none.</param>
    /// <param name="conversationId">
    /// The id of the conversation, or <see langword="null"/> for none. The history is sent nevertheless: the id selects none on the server.
    /// </param>
    /// <returns><paramref name="options"/>.</returns>
    /// <exception cref="ArgumentException">Both ids are <see langword="null"/>, or one is empty.</exception>
    [Experimental(ExperimentalIds.ServingAgents)]
    public static ChatOptions WithAgentContext(this ChatOptions options, string? userId = null, string? conversationId = null)
    {
        if (userId is null && conversationId is null)
        {
            throw new ArgumentException("The context has neither a user id nor a conversation id.", nameof(userId));
        }

        var context = new Dictionary<string, object?>(2);
        Add("conversation_id", conversationId, nameof(conversationId));
        Add("user_id", userId, nameof(userId));
        return With(options, "context", context);

        void Add(string name, string? id, string parameter)
        {
            if (id is not null)
            {
                ArgumentException.ThrowIfNullOrWhiteSpace(id, parameter);
                context[name] = id;
            }
        }
    }

    /// <summary>
    /// Requests the trace of an agent, which the response has under <see cref="DatabricksPropertyNames.DatabricksOutput"/>.
    /// </summary>
    /// <param name="options">The options, which are modified.</param>
    /// <returns><paramref name="options"/>.</returns>
    [Experimental(ExperimentalIds.ServingAgents)]
    public static ChatOptions WithAgentTrace(this ChatOptions options) =>
        With(options, "databricks_options", new Dictionary<string, object?> { ["return_trace"] = true });

    /// <summary>Sets the detail level of an image (<c>detail</c>).</summary>
    /// <param name="content">The image, a <see cref="DataContent"/> or a <see cref="UriContent"/>, which is modified.</param>
    /// <param name="detail">The level, such as <c>low</c> or <c>high</c>.</param>
    /// <typeparam name="TContent">The type of the content.</typeparam>
    /// <returns><paramref name="content"/>.</returns>
    /// <exception cref="ArgumentException"><paramref name="detail"/> is empty.</exception>
    public static TContent WithImageDetail<TContent>(this TContent content, string detail)
        where TContent : AIContent
    {
        ArgumentNullException.ThrowIfNull(content);
        ArgumentException.ThrowIfNullOrWhiteSpace(detail);
        (content.AdditionalProperties ??= [])[DatabricksPropertyNames.ImageDetail] = detail;
        return content;
    }

    /// <summary>
    /// Sets the instruction for the inputs of one call, for embedding models that support one. It takes precedence over
    /// <see cref="DatabricksEmbeddingOptions.Instruction"/>.
    /// </summary>
    /// <param name="options">The options, which are modified.</param>
    /// <param name="instruction">The instruction, such as the task that queries are embedded for.</param>
    /// <returns><paramref name="options"/>.</returns>
    public static EmbeddingGenerationOptions WithInstruction(this EmbeddingGenerationOptions options, string instruction)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(instruction);
        (options.AdditionalProperties ??= [])[DatabricksPropertyNames.Instruction] = instruction;
        return options;
    }

    private static ChatOptions With(ChatOptions options, string name, object value)
    {
        ArgumentNullException.ThrowIfNull(options);
        (options.AdditionalProperties ??= [])[name] = value;
        return options;
    }

    private sealed class FunctionWithProperty(AIFunction inner, string name, object value) : DelegatingAIFunction(inner)
    {
        private readonly AdditionalPropertiesDictionary _properties = new(inner.AdditionalProperties) { [name] = value };

        public override IReadOnlyDictionary<string, object?> AdditionalProperties => _properties;
    }
}
