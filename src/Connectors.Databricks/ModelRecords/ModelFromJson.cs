namespace Connectors.Databricks.ModelRecords;

/// <summary>Creates a record from JSON. Missing keys have the defaults of the record.</summary>
internal static class ModelFromJson
{
    private static readonly DatabricksModelInfo Defaults = new() { Name = string.Empty };

    /// <exception cref="FormatException">A key or value is invalid.</exception>
    public static DatabricksModelInfo Read(LayeredJson json)
    {
        _ = json.Text("like");
        var model = new DatabricksModelInfo
        {
            Name = Name(json),
            Aliases = json.Words("aliases") ?? Defaults.Aliases,
            DisplayName = json.Text("display_name"),
            Family = json.Text("family") is { } family ? new(family) : Defaults.Family,
            IsFamily = json.Flag("is_family") ?? Defaults.IsFamily,
            Surfaces = json.Words("surfaces") ?? Defaults.Surfaces,
            ContextWindow = json.Count("context_window"),
            MaxOutputTokens = json.Count("max_output_tokens"),
            InputModalities = json.Words("input_modalities") ?? Defaults.InputModalities,
            OutputModalities = json.Words("output_modalities") ?? Defaults.OutputModalities,
            Reasoning = Inside(json, "reasoning", Reasoning) ?? Defaults.Reasoning,
            Tools = Inside(json, "tools", Tools) ?? Defaults.Tools,
            Embeddings = Inside(json, "embeddings", Embeddings),
            Lifecycle = Inside(json, "lifecycle", Lifecycle) ?? Defaults.Lifecycle,
            AsOf = json.Date("as_of"),
            Source = json.Text("source"),
        };
        model = Inside(json, "parameters", group => Parameters(model, group)) ?? model;
        model = Inside(json, "output", group => Output(model, group)) ?? model;
        model = Inside(json, "messages", group => Messages(model, group)) ?? model;
        model = Inside(json, "streams", group => Streams(model, group)) ?? model;
        json.RequireNoOthers();
        return model;
    }

    /// <exception cref="FormatException">The record has no name.</exception>
    public static string Name(LayeredJson json) => json.Text("name") is { Length: > 0 } name
        ? name
        : throw json.Wrong("name", "the name that endpoints of the model contain");

    private static T? Inside<T>(LayeredJson json, string key, Func<LayeredJson, T> read)
        where T : class
    {
        if (json.Inside(key) is not { } inside)
        {
            return null;
        }

        var value = read(inside);
        inside.RequireNoOthers();
        return value;
    }

    private static DatabricksModelInfo Parameters(DatabricksModelInfo model, LayeredJson json) => model with
    {
        UnsupportedParameters = json.Words("refused") ?? Defaults.UnsupportedParameters,
        TemperatureExcludesTopP = json.Flag("temperature_excludes_top_p") ?? Defaults.TemperatureExcludesTopP,
        OutputLimitParameter = json.Text("output_limit") ?? Defaults.OutputLimitParameter,
        DefaultMaxOutputTokens = json.Count("output_limit_when_unset"),
        MaxChoices = json.Count("max_choices"),
    };

    private static DatabricksModelReasoning Reasoning(LayeredJson json) => new()
    {
        Style = json.Text("style") is { } style ? new(style) : Defaults.Reasoning.Style,
        Efforts = json.Words("efforts") ?? Defaults.Reasoning.Efforts,
        ToolsExcludeEffort = json.Flag("tools_exclude_effort") ?? Defaults.Reasoning.ToolsExcludeEffort,
        ExcludesSampling = json.Flag("excludes_sampling") ?? Defaults.Reasoning.ExcludesSampling,
        ExcludesForcedTools = json.Flag("excludes_forced_tools") ?? Defaults.Reasoning.ExcludesForcedTools,
        IsShown = json.Flag("is_shown"),
    };

    private static DatabricksModelTools Tools(LayeredJson json) => new()
    {
        IsSupported = json.Flag("is_supported"),
        MaxTools = json.Count("max_tools"),
        MaxSchemaKeys = json.Count("max_schema_keys"),
        SchemaDialect = json.Text("schema_dialect") is { } dialect ? new(dialect) : Defaults.Tools.SchemaDialect,
        Naming = json.Text("naming") is { } naming ? new(naming) : Defaults.Tools.Naming,
        RequiresResponses = json.Flag("requires_responses") ?? Defaults.Tools.RequiresResponses,
        SupportsStrict = json.Flag("accepts_strict") ?? Defaults.Tools.SupportsStrict,
        SupportsParallelCalls = json.Flag("accepts_several_calls") ?? Defaults.Tools.SupportsParallelCalls,
        RequiresThoughtSignatures = json.Flag("requires_signatures") ?? Defaults.Tools.RequiresThoughtSignatures,
        RequiresToolsAfterCalls = json.Flag("requires_tools_after_calls") ?? Defaults.Tools.RequiresToolsAfterCalls,
        SupportsNoneChoice = json.Flag("accepts_none_choice") ?? Defaults.Tools.SupportsNoneChoice,
    };

    private static DatabricksModelInfo Output(DatabricksModelInfo model, LayeredJson json) => model with
    {
        SupportsJsonSchema = json.Flag("accepts_json_schema"),
        SupportsJsonObject = json.Flag("accepts_json_object") ?? Defaults.SupportsJsonObject,
        JsonObjectRequiresWord = json.Flag("json_object_requires_word") ?? Defaults.JsonObjectRequiresWord,
        SupportsStrictJsonSchema = json.Flag("accepts_strict") ?? Defaults.SupportsStrictJsonSchema,
    };

    private static DatabricksModelInfo Messages(DatabricksModelInfo model, LayeredJson json) => model with
    {
        SupportsImageUrls = json.Flag("accepts_image_addresses") ?? Defaults.SupportsImageUrls,
        SupportsCacheControl = json.Flag("accepts_cache_control"),
        SupportsPrefill = json.Flag("accepts_prefill") ?? Defaults.SupportsPrefill,
        SupportedImageTypes = json.Words("image_types") ?? Defaults.SupportedImageTypes,
    };

    private static DatabricksModelInfo Streams(DatabricksModelInfo model, LayeredJson json) => model with
    {
        StreamsUsageByDefault = json.Flag("counts_unasked"),
        StreamsFinishReason = json.Flag("names_finish_reason"),
    };

    private static DatabricksModelEmbeddings Embeddings(LayeredJson json) => new()
    {
        Dimensions = json.Count("dimensions") ?? throw json.Wrong("dimensions", "the length of a vector"),
        SupportsDimensions = json.Flag("takes_dimensions") ?? false,
        MaxInputTokens = json.Count("max_input_tokens"),
        AreNormalized = json.Flag("are_normalized"),
        QueryInstruction = json.Text("query_instruction"),
    };

    private static DatabricksModelLifecycle Lifecycle(LayeredJson json) => new()
    {
        Stage = json.Text("stage") is { } stage ? new(stage) : Defaults.Lifecycle.Stage,
        RetirementDate = json.Date("retirement_date"),
        Replacement = json.Text("replacement"),
    };
}
