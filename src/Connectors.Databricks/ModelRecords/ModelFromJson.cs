namespace Connectors.Databricks.ModelRecords;

/// <summary>Makes one record of its JSON. What no layer says has the record's own default.</summary>
internal static class ModelFromJson
{
    private static readonly DatabricksModelInfo Unsaid = new() { Name = string.Empty };

    /// <exception cref="FormatException">A key or a value is not what a record is made of.</exception>
    public static DatabricksModelInfo Read(LayeredJson json)
    {
        _ = json.Text("like");
        var model = new DatabricksModelInfo
        {
            Name = json.Text("name") is { Length: > 0 } name ? name : throw json.Wrong("name", "the name that endpoints of the model contain"),
            Aliases = json.Words("aliases") ?? Unsaid.Aliases,
            DisplayName = json.Text("display_name"),
            Family = json.Text("family") is { } family ? new(family) : Unsaid.Family,
            IsFamily = json.Flag("is_family") ?? Unsaid.IsFamily,
            Surfaces = json.Words("surfaces") ?? Unsaid.Surfaces,
            ContextWindow = json.Count("context_window"),
            MaxOutputTokens = json.Count("max_output_tokens"),
            InputModalities = json.Words("input_modalities") ?? Unsaid.InputModalities,
            OutputModalities = json.Words("output_modalities") ?? Unsaid.OutputModalities,
            Parameters = Inside(json, "parameters", Parameters) ?? Unsaid.Parameters,
            Reasoning = Inside(json, "reasoning", Reasoning) ?? Unsaid.Reasoning,
            Tools = Inside(json, "tools", Tools) ?? Unsaid.Tools,
            Output = Inside(json, "output", Output) ?? Unsaid.Output,
            Messages = Inside(json, "messages", Messages) ?? Unsaid.Messages,
            Streams = Inside(json, "streams", Streams) ?? Unsaid.Streams,
            Embeddings = Inside(json, "embeddings", Embeddings),
            Lifecycle = Inside(json, "lifecycle", Lifecycle) ?? Unsaid.Lifecycle,
            AsOf = json.Date("as_of"),
            Source = json.Text("source"),
        };
        json.RequireNoOthers();
        return model;
    }

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

    private static DatabricksModelParameters Parameters(LayeredJson json) => new()
    {
        Refused = json.Words("refused") ?? Unsaid.Parameters.Refused,
        TemperatureExcludesTopP = json.Flag("temperature_excludes_top_p") ?? Unsaid.Parameters.TemperatureExcludesTopP,
        OutputLimit = json.Text("output_limit") ?? Unsaid.Parameters.OutputLimit,
        OutputLimitWhenUnset = json.Count("output_limit_when_unset"),
        MaxChoices = json.Count("max_choices"),
    };

    private static DatabricksModelReasoning Reasoning(LayeredJson json) => new()
    {
        Style = json.Text("style") is { } style ? new(style) : Unsaid.Reasoning.Style,
        Efforts = json.Words("efforts") ?? Unsaid.Reasoning.Efforts,
        ToolsExcludeEffort = json.Flag("tools_exclude_effort") ?? Unsaid.Reasoning.ToolsExcludeEffort,
        ExcludesSampling = json.Flag("excludes_sampling") ?? Unsaid.Reasoning.ExcludesSampling,
        IsShown = json.Flag("is_shown"),
    };

    private static DatabricksModelTools Tools(LayeredJson json) => new()
    {
        IsSupported = json.Flag("is_supported"),
        MaxTools = json.Count("max_tools"),
        MaxSchemaKeys = json.Count("max_schema_keys"),
        SchemaDialect = json.Text("schema_dialect") is { } dialect ? new(dialect) : Unsaid.Tools.SchemaDialect,
        AcceptsStrict = json.Flag("accepts_strict") ?? Unsaid.Tools.AcceptsStrict,
        AcceptsSeveralCalls = json.Flag("accepts_several_calls") ?? Unsaid.Tools.AcceptsSeveralCalls,
        RequiresSignatures = json.Flag("requires_signatures") ?? Unsaid.Tools.RequiresSignatures,
        RequiresToolsAfterCalls = json.Flag("requires_tools_after_calls") ?? Unsaid.Tools.RequiresToolsAfterCalls,
        AcceptsNoneChoice = json.Flag("accepts_none_choice") ?? Unsaid.Tools.AcceptsNoneChoice,
    };

    private static DatabricksModelOutput Output(LayeredJson json) => new()
    {
        AcceptsJsonSchema = json.Flag("accepts_json_schema"),
        AcceptsJsonObject = json.Flag("accepts_json_object") ?? Unsaid.Output.AcceptsJsonObject,
        AcceptsStrict = json.Flag("accepts_strict") ?? Unsaid.Output.AcceptsStrict,
    };

    private static DatabricksModelMessages Messages(LayeredJson json) => new()
    {
        AcceptsImageAddresses = json.Flag("accepts_image_addresses") ?? Unsaid.Messages.AcceptsImageAddresses,
        AcceptsCacheControl = json.Flag("accepts_cache_control"),
    };

    private static DatabricksModelStreams Streams(LayeredJson json) => new()
    {
        CountsUnasked = json.Flag("counts_unasked"),
        NamesFinishReason = json.Flag("names_finish_reason"),
    };

    private static DatabricksModelEmbeddings Embeddings(LayeredJson json) => new()
    {
        Dimensions = json.Count("dimensions") ?? throw json.Wrong("dimensions", "how many numbers a vector has"),
        TakesDimensions = json.Flag("takes_dimensions") ?? false,
        MaxInputTokens = json.Count("max_input_tokens"),
        AreNormalized = json.Flag("are_normalized"),
        QueryInstruction = json.Text("query_instruction"),
    };

    private static DatabricksModelLifecycle Lifecycle(LayeredJson json) => new()
    {
        Stage = json.Text("stage") is { } stage ? new(stage) : Unsaid.Lifecycle.Stage,
        RetirementDate = json.Date("retirement_date"),
        Replacement = json.Text("replacement"),
    };
}
