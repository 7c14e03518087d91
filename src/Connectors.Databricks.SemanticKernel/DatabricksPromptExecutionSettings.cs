using System.Collections.ObjectModel;
using System.Text.Json.Serialization;
using Connectors.Databricks.SemanticKernel.Settings;
using Microsoft.Extensions.AI;
using Microsoft.SemanticKernel;

namespace Connectors.Databricks.SemanticKernel;

/// <summary>
/// Settings of one prompt for a Databricks endpoint. In JSON and YAML the names are in snake case, as <c>max_tokens</c>; members without a
/// property here are sent unchanged.
/// </summary>
/// <remarks>
/// <see cref="PromptExecutionSettings.ModelId"/> names the endpoint to call instead of the service's own. Settings of other connectors are
/// accepted wherever these are; their model id is left out, because it names no endpoint.
/// </remarks>
[JsonNumberHandling(JsonNumberHandling.AllowReadingFromString)]
public sealed class DatabricksPromptExecutionSettings : PromptExecutionSettings
{
    private double? _temperature;
    private double? _topP;
    private int? _topK;
    private int? _maxTokens;
    private double? _frequencyPenalty;
    private double? _presencePenalty;
    private IList<string>? _stopSequences;
    private long? _seed;
    private int? _choiceCount;
    private object? _responseFormat;
    private string? _reasoningEffort;
    private int? _thinkingBudget;
    private string? _chatSystemPrompt;
    private string? _chatDeveloperPrompt;
    private bool? _logProbs;
    private int? _topLogProbs;
    private IDictionary<string, object?>? _extraBody;

    /// <summary>How freely tokens are chosen, from 0.</summary>
    /// <value>Default: <see langword="null"/>, the endpoint's own.</value>
    [JsonPropertyName("temperature")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Temperature { get => _temperature; set => Set(ref _temperature, value); }

    /// <summary>The share of probability that tokens are chosen from, 0 to 1.</summary>
    /// <value>Default: <see langword="null"/>, the endpoint's own.</value>
    [JsonPropertyName("top_p")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? TopP { get => _topP; set => Set(ref _topP, value); }

    /// <summary>How many tokens are chosen from.</summary>
    /// <value>Default: <see langword="null"/>, the endpoint's own.</value>
    [JsonPropertyName("top_k")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? TopK { get => _topK; set => Set(ref _topK, value); }

    /// <summary>The most tokens that the answer may have, thinking included.</summary>
    /// <value>Default: <see langword="null"/>, the endpoint's own; with a <see cref="ThinkingBudget"/>, that and 8,192 more.</value>
    [JsonPropertyName("max_tokens")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? MaxTokens { get => _maxTokens; set => Set(ref _maxTokens, value); }

    /// <summary>How much tokens count against themselves the more often they occur.</summary>
    /// <value>Default: <see langword="null"/>, the endpoint's own.</value>
    [JsonPropertyName("frequency_penalty")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? FrequencyPenalty { get => _frequencyPenalty; set => Set(ref _frequencyPenalty, value); }

    /// <summary>How much tokens count against themselves once they occur.</summary>
    /// <value>Default: <see langword="null"/>, the endpoint's own.</value>
    [JsonPropertyName("presence_penalty")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? PresencePenalty { get => _presencePenalty; set => Set(ref _presencePenalty, value); }

    /// <summary>Texts that end the answer.</summary>
    /// <value>Default: <see langword="null"/>, none.</value>
    [JsonPropertyName("stop_sequences")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IList<string>? StopSequences { get => _stopSequences; set => Set(ref _stopSequences, value); }

    /// <summary>Makes answers repeatable, where the model can.</summary>
    /// <value>Default: <see langword="null"/>, none.</value>
    [JsonPropertyName("seed")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Seed { get => _seed; set => Set(ref _seed, value); }

    /// <summary>How many answers to give; each is a message of its own.</summary>
    /// <value>Default: <see langword="null"/>, one.</value>
    [JsonPropertyName(SettingNames.ChoiceCount)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? ChoiceCount { get => _choiceCount; set => Set(ref _choiceCount, value); }

    /// <summary>
    /// Gets or sets the form of the answer: <c>"text"</c>, <c>"json_object"</c>, a C# type such as <c>typeof(Answer)</c>, a JSON schema as
    /// a <c>JsonElement</c>, <c>KernelJsonSchema</c> or text, or a <c>ChatResponseFormat</c> of Microsoft.Extensions.AI or of the OpenAI
    /// package. The schema of a type is strict and has the names as they are declared.
    /// </summary>
    /// <value>Default: <see langword="null"/>, text.</value>
    [JsonPropertyName("response_format")]
    [JsonConverter(typeof(ResponseFormatJsonConverter))]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public object? ResponseFormat { get => _responseFormat; set => Set(ref _responseFormat, value); }

    /// <summary>
    /// How much to think: <c>none</c>, <c>low</c>, <c>medium</c>, <c>high</c> or <c>xhigh</c>, said to each model in its own way; another
    /// value is sent to the endpoint unchanged.
    /// </summary>
    /// <value>Default: <see langword="null"/>, as the model does by itself.</value>
    [JsonPropertyName("reasoning_effort")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ReasoningEffort { get => _reasoningEffort; set => Set(ref _reasoningEffort, value); }

    /// <summary>
    /// How many tokens a Claude endpoint may think with, from 1,024; it takes precedence over <see cref="ReasoningEffort"/>.
    /// </summary>
    /// <value>Default: <see langword="null"/>, no thinking beyond what <see cref="ReasoningEffort"/> asks for.</value>
    [JsonPropertyName(SettingNames.ThinkingBudget)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? ThinkingBudget { get => _thinkingBudget; set => Set(ref _thinkingBudget, value); }

    /// <summary>A system message for conversations that have none of their own.</summary>
    /// <value>Default: <see langword="null"/>, none.</value>
    [JsonPropertyName("chat_system_prompt")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ChatSystemPrompt { get => _chatSystemPrompt; set => Set(ref _chatSystemPrompt, value); }

    /// <summary>A developer message for conversations that have none of their own; endpoints get it as a system message.</summary>
    /// <value>Default: <see langword="null"/>, none.</value>
    [JsonPropertyName("chat_developer_prompt")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ChatDeveloperPrompt { get => _chatDeveloperPrompt; set => Set(ref _chatDeveloperPrompt, value); }

    /// <summary>Whether to return how probable each token was, in the metadata's <c>ContentTokenLogProbabilities</c>.</summary>
    /// <value>Default: <see langword="null"/>, no.</value>
    [JsonPropertyName(SettingNames.LogProbs)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? LogProbs { get => _logProbs; set => Set(ref _logProbs, value); }

    /// <summary>How many of the likeliest tokens to return in each place.</summary>
    /// <value>Default: <see langword="null"/>, none.</value>
    [JsonPropertyName(SettingNames.TopLogProbs)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? TopLogProbs { get => _topLogProbs; set => Set(ref _topLogProbs, value); }

    /// <summary>
    /// Members of the request that have no property here: by name at the top level, such as <c>usage_context</c>, or by a path such as
    /// <c>$.databricks_options.return_trace</c>.
    /// </summary>
    /// <value>Default: <see langword="null"/>, none.</value>
    [JsonPropertyName(SettingNames.ExtraBody)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IDictionary<string, object?>? ExtraBody { get => _extraBody; set => Set(ref _extraBody, value); }

    /// <summary>Takes settings of any kind for an endpoint of Databricks.</summary>
    /// <param name="executionSettings">These settings, another connector's, or plain ones; <see langword="null"/> for defaults.</param>
    /// <returns>The very object when it is of this type; else a new one that says the same.</returns>
    /// <exception cref="NotSupportedException">They ask for what has no counterpart here, such as <c>AzureChatDataSource</c>.</exception>
    public static DatabricksPromptExecutionSettings FromExecutionSettings(PromptExecutionSettings? executionSettings) =>
        From(executionSettings, hasKernel: true);

    internal static DatabricksPromptExecutionSettings From(PromptExecutionSettings? executionSettings, bool hasKernel) =>
        executionSettings switch
        {
            null => new(),
            DatabricksPromptExecutionSettings own => own,
            _ => SettingsFromOthers.Read(executionSettings, hasKernel),
        };

    /// <inheritdoc/>
    public override void Freeze()
    {
        if (IsFrozen)
        {
            return;
        }

        base.Freeze();
        _stopSequences = _stopSequences is null ? null : new ReadOnlyCollection<string>(_stopSequences);
        _extraBody = _extraBody is null ? null : new ReadOnlyDictionary<string, object?>(_extraBody);
    }

    /// <inheritdoc/>
    public override PromptExecutionSettings Clone() => new DatabricksPromptExecutionSettings
    {
        ModelId = ModelId,
        ServiceId = ServiceId,
        FunctionChoiceBehavior = FunctionChoiceBehavior,
        ExtensionData = ExtensionData is null ? null : new Dictionary<string, object>(ExtensionData),
        Temperature = Temperature,
        TopP = TopP,
        TopK = TopK,
        MaxTokens = MaxTokens,
        FrequencyPenalty = FrequencyPenalty,
        PresencePenalty = PresencePenalty,
        StopSequences = StopSequences is null ? null : [.. StopSequences],
        Seed = Seed,
        ChoiceCount = ChoiceCount,
        ResponseFormat = ResponseFormat,
        ReasoningEffort = ReasoningEffort,
        ThinkingBudget = ThinkingBudget,
        ChatSystemPrompt = ChatSystemPrompt,
        ChatDeveloperPrompt = ChatDeveloperPrompt,
        LogProbs = LogProbs,
        TopLogProbs = TopLogProbs,
        ExtraBody = ExtraBody is null ? null : new Dictionary<string, object?>(ExtraBody),
    };

    /// <inheritdoc/>
    protected override void PrepareChatOptionsForRequest(ChatOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        base.PrepareChatOptionsForRequest(options);
        SettingsToChat.Complete(this, options);
    }

    private void Set<T>(ref T field, T value)
    {
        ThrowIfFrozen();
        field = value;
    }
}
