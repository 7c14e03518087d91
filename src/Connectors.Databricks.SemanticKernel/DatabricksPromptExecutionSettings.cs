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

    /// <summary>Gets or sets the sampling temperature, 0 or more.</summary>
    /// <value>Default: <see langword="null"/>, the default of the endpoint.</value>
    [JsonPropertyName("temperature")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? Temperature { get => _temperature; set => Set(ref _temperature, value); }

    /// <summary>Gets or sets the nucleus sampling probability, 0 to 1.</summary>
    /// <value>Default: <see langword="null"/>, the default of the endpoint.</value>
    [JsonPropertyName("top_p")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? TopP { get => _topP; set => Set(ref _topP, value); }

    /// <summary>Gets or sets the number of most likely tokens to sample from.</summary>
    /// <value>Default: <see langword="null"/>, the default of the endpoint.</value>
    [JsonPropertyName("top_k")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? TopK { get => _topK; set => Set(ref _topK, value); }

    /// <summary>Gets or sets the maximum number of output tokens, including reasoning.</summary>
    /// <value>
    /// Default: <see langword="null"/>, the default of the endpoint; with a <see cref="ThinkingBudget"/>, the budget plus 8,192.
    /// </value>
    [JsonPropertyName("max_tokens")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? MaxTokens { get => _maxTokens; set => Set(ref _maxTokens, value); }

    /// <summary>Gets or sets the penalty for tokens by how often they occurred.</summary>
    /// <value>Default: <see langword="null"/>, the default of the endpoint.</value>
    [JsonPropertyName("frequency_penalty")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? FrequencyPenalty { get => _frequencyPenalty; set => Set(ref _frequencyPenalty, value); }

    /// <summary>Gets or sets the penalty for tokens that occurred at all.</summary>
    /// <value>Default: <see langword="null"/>, the default of the endpoint.</value>
    [JsonPropertyName("presence_penalty")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public double? PresencePenalty { get => _presencePenalty; set => Set(ref _presencePenalty, value); }

    /// <summary>Gets or sets the stop sequences.</summary>
    /// <value>Default: <see langword="null"/>, none.</value>
    [JsonPropertyName("stop_sequences")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IList<string>? StopSequences { get => _stopSequences; set => Set(ref _stopSequences, value); }

    /// <summary>Gets or sets the seed for reproducible sampling, for models that support it.</summary>
    /// <value>Default: <see langword="null"/>, none.</value>
    [JsonPropertyName("seed")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? Seed { get => _seed; set => Set(ref _seed, value); }

    /// <summary>Gets or sets the number of choices (<c>n</c>); each is a separate message.</summary>
    /// <value>Default: <see langword="null"/>, one.</value>
    [JsonPropertyName(SettingNames.ChoiceCount)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? ChoiceCount { get => _choiceCount; set => Set(ref _choiceCount, value); }

    /// <summary>
    /// Gets or sets the response format: <c>"text"</c>, <c>"json_object"</c>, a C# type such as <c>typeof(Answer)</c>, a JSON schema as
    /// a <c>JsonElement</c>, <c>KernelJsonSchema</c> or text, or a <c>ChatResponseFormat</c> of Microsoft.Extensions.AI or of the OpenAI
    /// package. The schema of a type is strict and has the names as they are declared.
    /// </summary>
    /// <value>Default: <see langword="null"/>, text.</value>
    [JsonPropertyName("response_format")]
    [JsonConverter(typeof(ResponseFormatJsonConverter))]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public object? ResponseFormat { get => _responseFormat; set => Set(ref _responseFormat, value); }

    /// <summary>
    /// Gets or sets the reasoning effort: <c>none</c>, <c>low</c>, <c>medium</c>, <c>high</c> or <c>xhigh</c>, which is translated for each
    /// model. Other values are sent unchanged.
    /// </summary>
    /// <value>Default: <see langword="null"/>, the default of the model.</value>
    [JsonPropertyName("reasoning_effort")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ReasoningEffort { get => _reasoningEffort; set => Set(ref _reasoningEffort, value); }

    /// <summary>
    /// Gets or sets the thinking budget of Claude endpoints, 1,024 tokens or more. It takes precedence over <see cref="ReasoningEffort"/>.
    /// </summary>
    /// <value>Default: <see langword="null"/>, the budget of <see cref="ReasoningEffort"/>.</value>
    [JsonPropertyName(SettingNames.ThinkingBudget)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? ThinkingBudget { get => _thinkingBudget; set => Set(ref _thinkingBudget, value); }

    /// <summary>Gets or sets the system message of conversations without one.</summary>
    /// <value>Default: <see langword="null"/>, none.</value>
    [JsonPropertyName("chat_system_prompt")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ChatSystemPrompt { get => _chatSystemPrompt; set => Set(ref _chatSystemPrompt, value); }

    /// <summary>Gets or sets the developer message of conversations without one, which is sent as a system message.</summary>
    /// <value>Default: <see langword="null"/>, none.</value>
    [JsonPropertyName("chat_developer_prompt")]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? ChatDeveloperPrompt { get => _chatDeveloperPrompt; set => Set(ref _chatDeveloperPrompt, value); }

    /// <summary>
    /// Gets or sets a value indicating whether token log probabilities are returned, as <c>ContentTokenLogProbabilities</c> in the
    /// metadata.
    /// </summary>
    /// <value>Default: <see langword="null"/>, no.</value>
    [JsonPropertyName(SettingNames.LogProbs)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? LogProbs { get => _logProbs; set => Set(ref _logProbs, value); }

    /// <summary>Gets or sets the number of most likely tokens to return at each position.</summary>
    /// <value>Default: <see langword="null"/>, none.</value>
    [JsonPropertyName(SettingNames.TopLogProbs)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? TopLogProbs { get => _topLogProbs; set => Set(ref _topLogProbs, value); }

    /// <summary>
    /// Gets or sets additional members of the request: by name at the top level, such as <c>usage_context</c>, or by a path such as
    /// <c>$.databricks_options.return_trace</c>.
    /// </summary>
    /// <value>Default: <see langword="null"/>, none.</value>
    [JsonPropertyName(SettingNames.ExtraBody)]
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IDictionary<string, object?>? ExtraBody { get => _extraBody; set => Set(ref _extraBody, value); }

    /// <summary>Converts settings of any connector to Databricks settings.</summary>
    /// <param name="executionSettings">The settings, of this or another connector; <see langword="null"/> for defaults.</param>
    /// <returns>The same instance when it is of this type; otherwise converted settings.</returns>
    /// <exception cref="NotSupportedException">A setting has no equivalent, such as <c>AzureChatDataSource</c>.</exception>
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
