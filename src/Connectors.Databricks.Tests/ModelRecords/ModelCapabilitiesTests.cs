namespace Connectors.Databricks.Tests.ModelRecords;

public class ModelCapabilitiesTests
{
    private static readonly DatabricksModelCapabilities BuiltIn = DatabricksModelCapabilities.BuiltIn;

    [Theory]
    [InlineData("databricks-gpt-5-2", "gpt-5-2")]
    [InlineData("gpt-5-2025-08-07", "gpt-5")]
    [InlineData("gpt-5.2-2025-12-11", "gpt-5-2")]
    [InlineData("databricks-gpt-5-9", "gpt-5-and-later")]
    [InlineData("gpt-4o", "gpt")]
    [InlineData("databricks-gpt-oss-300b", "gpt-oss")]
    [InlineData("us.anthropic.claude-sonnet-4-5-20250929-v1:0", "claude-sonnet-4-5")]
    [InlineData("claude-opus-4-1-20250805", "claude-opus-4-1")]
    [InlineData("claude-3-5-sonnet", "claude")]
    [InlineData("databricks-claude-haiku-5", "claude-5")]
    [InlineData("databricks-claude-opus-5-1", "claude-5")]
    [InlineData("Databricks-Claude-Sonnet-5", "claude-sonnet-5")]
    [InlineData("my-claude-opus-4-8-in-europe", "claude-opus-4-8")]
    [InlineData("system.ai.llama_v3_3_70b_instruct", "meta-llama-3-3-70b-instruct")]
    [InlineData("meta-llama-3.3-70b-instruct-121024", "meta-llama-3-3-70b-instruct")]
    [InlineData("llama2-chat", "llama")]
    [InlineData("system.ai.gte-large-en-v1_5", "gte-large-en")]
    [InlineData("databricks-gemini-2-0-flash", "gemini-2")]
    [InlineData("databricks-gemini-4-pro", "gemini")]
    [InlineData("databricks-deepseek-v4-flash-0731", "deepseek-v4-flash")]
    [InlineData("databricks-kimi-k4", "kimi")]
    public void The_longest_name_within_a_name_decides(string name, string record) =>
        Assert.Equal(record, BuiltIn.Find(name)?.Name);

    [Fact]
    public void A_record_that_is_read_on_first_use_is_one_object() =>
        Assert.Same(BuiltIn.Find("databricks-gpt-5-2"), BuiltIn.Models.Single(model => model.Name == "gpt-5-2"));

    [Theory]
    [InlineData("an-alias-of-mine")]
    [InlineData("chatgpt5")]
    [InlineData("")]
    [InlineData("---")]
    public void A_name_that_says_nothing_finds_nothing(string name) => Assert.Null(BuiltIn.Find(name));

    [Theory]
    [InlineData("anthropic", "claude-sonnet-4-5-20250929", "claude-sonnet-4-5")]
    [InlineData("anthropic", "a-private-preview", "claude")]
    [InlineData("openai", "a-private-preview", "gpt")]
    [InlineData("cohere", "command-r", null)]
    public void An_external_model_is_known_by_its_name_and_else_by_its_provider(string provider, string model, string? record) =>
        Assert.Equal(record, BuiltIn.Find(provider, model)?.Name);

    [Fact]
    public void A_custom_record_takes_precedence_over_the_built_in_one()
    {
        var mine = BuiltIn.Find("claude-opus-4-8")! with { MaxOutputTokens = 5 };

        var catalog = BuiltIn.With(mine);

        Assert.Same(mine, catalog.Find("databricks-claude-opus-4-8"));
        Assert.Equal(BuiltIn.Models.Count, catalog.Models.Count);
    }

    [Fact]
    public void A_record_may_be_known_by_other_names()
    {
        var mine = new DatabricksModelInfo { Name = "house-model", Aliases = ["prod-*"] };

        Assert.Same(mine, BuiltIn.With(mine).Find("prod-chat"));
    }

    [Fact]
    public void An_endpoint_of_ones_own_is_told_once()
    {
        var catalog = BuiltIn.WithEndpoint("prod-chat", "claude-opus-4-8");

        Assert.Equal("claude-opus-4-8", catalog.Find("prod-chat")?.Name);
        Assert.Null(catalog.Find("prod-chat-2"));
    }

    [Fact]
    public void An_endpoint_of_an_unknown_model_is_rejected() => Assert.Equal(
        "No record matches the model 'unknown' of endpoint 'prod-chat'. Add a record first, or use the name of an existing one. " +
        "(Parameter 'modelName')",
        Assert.Throws<ArgumentException>(() => BuiltIn.WithEndpoint("prod-chat", "unknown")).Message);

    [Fact]
    public void A_record_without_a_name_is_refused() => Assert.Equal(
        "A model record has no name. Set Name to the name that endpoints of the model contain. (Parameter 'models')",
        Assert.Throws<ArgumentException>(() => BuiltIn.With(new DatabricksModelInfo { Name = " " })).Message);

    [Fact]
    public void Json_adds_records_over_the_built_in_rules()
    {
        var catalog = BuiltIn.WithJson("""
            {
              // What our own fine-tune takes.
              "rules": { "ours": { "like": "claude-adaptive", "tools": { "accepts_strict": true } } },
              "models": [{ "name": "house-model", "like": "ours", "max_output_tokens": 9000, "reasoning": { "efforts": ["low"] } }],
              "endpoints": { "prod-chat": "house-model" },
            }
            """);

        var model = catalog.Find("prod-chat")!;
        Assert.Equal(
            ("house-model", 9000, true, "adaptive", "low", DatabricksModelFamily.Claude),
            (
                model.Name, model.MaxOutputTokens, model.Tools.SupportsStrict, model.Reasoning.Style.Value,
                string.Join(',', model.Reasoning.Efforts), model.Family));
        Assert.Contains("temperature", model.UnsupportedParameters);
    }

    [Fact]
    public void Null_says_that_something_is_not_known_after_all()
    {
        var model = BuiltIn.WithJson("""{"models":[{"name":"x1","like":"llama","streams":null,"tools":{"max_tools":null}}]}""").Find("x1")!;

        Assert.Equal((null, null), (model.StreamsUsageByDefault, model.Tools.MaxTools));
    }

    [Theory]
    [InlineData("[]", "Model records are an object with 'rules', 'models' and 'endpoints'.")]
    [InlineData("""{"model":[]}""", "'model' is not a key of model records. The known ones: rules, models, endpoints.")]
    [InlineData("""{"models":{}}""", "The model records: 'models' must be a list.")]
    [InlineData("""{"models":[1]}""", "model 1 must be an object.")]
    [InlineData("""{"models":[{}]}""", "Model 1: 'name' must be the name that endpoints of the model contain.")]
    [InlineData("""{"models":[{"name":"x","context_window":"big"}]}""", "Model 'x': 'context_window' must be a whole number above zero.")]
    [InlineData("""{"models":[{"name":"x","as_of":"today"}]}""", "Model 'x': 'as_of' must be a date such as 2026-08-05.")]
    [InlineData("""{"models":[{"name":"x","is_family":"yes"}]}""", "Model 'x': 'is_family' must be true or false.")]
    [InlineData("""{"models":[{"name":"x","aliases":[1]}]}""", "Model 'x': 'aliases' must be a list of texts.")]
    [InlineData("""{"models":[{"name":"x","tools":7}]}""", "Model 'x': 'tools' must be an object.")]
    [InlineData(
        """{"models":[{"name":"x","lifecycle":{"stag":"current"}}]}""",
        "Model 'x', 'lifecycle': 'stag' is not a key. The known ones: stage, retirement_date, replacement.")]
    [InlineData("""{"rules":{"a":{"like":"a"}},"models":[{"name":"x","like":"a"}]}""", "Model 'x': 'like' is \"a\", which is not a rule.")]
    [InlineData("""{"endpoints":{"prod":1}}""", "Endpoint 'prod' must name a model.")]
    [InlineData("{", "The model records are not JSON: ")]
    public void Json_that_makes_no_record_is_refused_with_its_place(string json, string message) =>
        Assert.StartsWith(
            message, Assert.Throws<FormatException>(() => DatabricksModelCapabilities.Empty.WithJson(json)).Message,
            StringComparison.Ordinal);

    [Fact]
    public void A_file_is_read_like_a_text()
    {
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllText(path, """{"models":[{"name":"house-model"}]}""");
            Assert.Equal("house-model", DatabricksModelCapabilities.Empty.WithJsonFile(path).Find("house-model-eu")?.Name);
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Nothing_is_known_to_the_empty_catalog() =>
        Assert.Null(DatabricksModelCapabilities.Empty.Find("databricks-claude-opus-4-8"));
}
