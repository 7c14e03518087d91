using Connectors.Databricks.Emulator.Endpoints;
using Connectors.Databricks.Emulator.Models;

namespace Connectors.Databricks.Emulator;

public sealed partial class DatabricksEmulator
{
    /// <summary>Adds a chat endpoint of a model family.</summary>
    /// <param name="name">The name of the endpoint; an existing endpoint of this name is replaced.</param>
    /// <param name="dialect">The model family.</param>
    /// <returns>The endpoint.</returns>
    public EmulatedEndpoint AddChatEndpoint(string name, EmulatedDialect dialect) =>
        AddFoundation(name, ModelTable.For(dialect));

    /// <summary>Adds a chat endpoint that behaves like one of the default models, including its 400 responses.</summary>
    /// <param name="name">The name of the endpoint; an existing endpoint of this name is replaced.</param>
    /// <param name="model">The default endpoint to copy, such as <c>databricks-claude-opus-4-8</c>.</param>
    /// <returns>The endpoint.</returns>
    /// <exception cref="KeyNotFoundException">There is no such default model.</exception>
    public EmulatedEndpoint AddChatEndpointLike(string name, string model)
    {
        return AddFoundation(name, Facts(model));
    }

    /// <summary>Adds an agent endpoint.</summary>
    /// <param name="name">The name of the endpoint; an existing endpoint of this name is replaced.</param>
    /// <param name="kind">The agent interface.</param>
    /// <returns>The endpoint.</returns>
    public EmulatedEndpoint AddAgentEndpoint(string name, EmulatedAgentKind kind = EmulatedAgentKind.ChatAgent) =>
        AddOwn(name, ServedModel.ForChat(ModelTable.Agent, kind switch
        {
            EmulatedAgentKind.ChatAgent => "agent/v2/chat",
            EmulatedAgentKind.ResponsesAgent => "agent/v1/responses",
            _ => "agent/v1/chat",
        }));

    /// <summary>Adds an embedding endpoint that behaves like <c>databricks-gte-large-en</c>.</summary>
    /// <param name="name">The name of the endpoint; an existing endpoint of this name is replaced.</param>
    /// <returns>The endpoint.</returns>
    public EmulatedEndpoint AddEmbeddingEndpoint(string name) => AddEmbeddingEndpointLike(name, EmbeddingTable.All[0].Endpoint);

    /// <summary>Adds an embedding endpoint that behaves like one of the default embedding models.</summary>
    /// <param name="name">The name of the endpoint; an existing endpoint of this name is replaced.</param>
    /// <param name="model">The default endpoint to copy, such as <c>databricks-qwen3-embedding-0-6b</c>.</param>
    /// <returns>The endpoint.</returns>
    /// <exception cref="KeyNotFoundException">There is no such default embedding model.</exception>
    public EmulatedEndpoint AddEmbeddingEndpointLike(string name, string model)
    {
        var names = EmbeddingTable.All.Select(facts => facts.Endpoint);
        EmbeddingCapabilities facts = EmbeddingTable.All.FirstOrDefault(facts => facts.Endpoint == model) ?? throw new KeyNotFoundException(
            $"There is no default embedding model '{model}'. There are: {string.Join(", ", names)}.");
        var served = ServedModel.ForEmbeddings(facts);
        return name == facts.Endpoint
            ? Add(name, ServedEntityFactory.PayPerToken(name, facts.Entity, facts.DisplayName, served))
            : AddOwn(name, served);
    }

    /// <summary>Adds an endpoint for text completions.</summary>
    /// <param name="name">The name of the endpoint; an existing endpoint of this name is replaced.</param>
    /// <returns>The endpoint.</returns>
    public EmulatedEndpoint AddCompletionEndpoint(string name) => AddOwn(name, ServedModel.ForCompletions());

    /// <summary>
    /// Adds an endpoint of a classic model: a linear model with the inputs <c>tenure</c> and <c>monthly_charges</c>. A version 2 is
    /// registered too.
    /// </summary>
    /// <param name="name">The name of the endpoint; an existing endpoint of this name is replaced.</param>
    /// <returns>The endpoint.</returns>
    public EmulatedEndpoint AddClassicEndpoint(string name)
    {
        _workspace.Models.Register(OwnEntity(name), "2", ServedModel.ForClassic(LinearModel.Second));
        return AddOwn(name, ServedModel.ForClassic(LinearModel.First));
    }

    /// <summary>Adds an endpoint of an external model. The provider is not called; the emulator responds in its place.</summary>
    /// <param name="name">The name of the endpoint; an existing endpoint of this name is replaced.</param>
    /// <param name="provider"><c>openai</c>, <c>anthropic</c>, <c>amazon-bedrock</c> or <c>cohere</c>.</param>
    /// <param name="model">The name of the model at the provider.</param>
    /// <param name="task">The task of the endpoint.</param>
    /// <returns>The endpoint.</returns>
    /// <exception cref="ArgumentException">The emulator does not support the provider.</exception>
    public EmulatedEndpoint AddExternalEndpoint(
        string name, string provider = "openai", string model = "gpt-4o", string task = "llm/v1/chat") =>
        Add(name, ServedEntityFactory.External(provider, model, task));

    /// <summary>Adds an endpoint that serves a foundation model with provisioned throughput.</summary>
    /// <param name="name">The name of the endpoint; an existing endpoint of this name is replaced.</param>
    /// <param name="model">The default endpoint whose model is served, such as <c>databricks-llama-4-maverick</c>.</param>
    /// <param name="modelUnits">The <c>provisioned_model_units</c>.</param>
    /// <returns>The endpoint.</returns>
    /// <exception cref="KeyNotFoundException">There is no such default model.</exception>
    public EmulatedEndpoint AddProvisionedEndpoint(string name, string model = "databricks-llama-4-maverick", int modelUnits = 50)
    {
        var facts = Facts(model);
        return Add(name, ServedEntityFactory.Provisioned(facts.Entity, ServedModel.ForChat(facts), modelUnits));
    }

    /// <summary>
    /// Adds a feature serving endpoint: it takes rows with a <c>customer_id</c> and returns <c>outputs</c> with two features.
    /// </summary>
    /// <param name="name">The name of the endpoint; an existing endpoint of this name is replaced.</param>
    /// <returns>The endpoint.</returns>
    public EmulatedEndpoint AddFeatureEndpoint(string name)
    {
        var entity = "main.features." + name.Replace('-', '_');
        var feature = ServedEntityFactory.Feature(entity);
        _workspace.Models.Register(entity, null, feature.Model!);
        return Add(name, feature);
    }

    /// <summary>Registers a version of the classic model, so that endpoints created over the API can serve it.</summary>
    /// <param name="entityName">The name in Unity Catalog, such as <c>main.ml.churn</c>.</param>
    /// <param name="version">The version.</param>
    /// <param name="intercept">The prediction for a row of zeros.</param>
    /// <param name="tenure">The coefficient of <c>tenure</c>.</param>
    /// <param name="monthlyCharges">The coefficient of <c>monthly_charges</c>.</param>
    public void AddClassicModel(
        string entityName, string version, double intercept = 0.5, double tenure = -0.01, double monthlyCharges = 0.004)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(entityName);
        ArgumentException.ThrowIfNullOrWhiteSpace(version);
        _workspace.Models.Register(entityName, version, ServedModel.ForClassic(new LinearModel(intercept, tenure, monthlyCharges)));
    }

    /// <summary>Registers a version of a model whose deployments fail.</summary>
    /// <param name="entityName">The name in Unity Catalog.</param>
    /// <param name="version">The version.</param>
    /// <param name="message">The <c>deployment_state_message</c> of the failed deployment.</param>
    public void AddBrokenModel(string entityName, string version, string message)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(entityName);
        ArgumentException.ThrowIfNullOrWhiteSpace(version);
        ArgumentException.ThrowIfNullOrWhiteSpace(message);
        _workspace.Models.RegisterBroken(entityName, version, message);
    }

    /// <summary>Adds many endpoints, cycling through all kinds, for tests of lists and paging. All of them respond.</summary>
    /// <param name="count">The number of endpoints.</param>
    /// <param name="prefix">The prefix of their names. Names of pay-per-token endpoints start with <c>databricks-</c> before it.</param>
    public void AddManyEndpoints(int count, string prefix = "many-")
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentNullException.ThrowIfNull(prefix);
        for (var index = 0; index < count; index++)
        {
            var name = FormattableString.Invariant($"{prefix}{index:0000}");
            _ = (index % 8) switch
            {
                0 => AddFoundation("databricks-" + name, ModelTable.All[index / 8 % ModelTable.All.Count]),
                1 => AddProvisionedEndpoint(name),
                2 => AddExternalEndpoint(name),
                3 => AddClassicEndpoint(name),
                4 => AddAgentEndpoint(name, EmulatedAgentKind.ChatAgent),
                5 => AddFeatureEndpoint(name),
                6 => AddEmbeddingEndpoint(name),
                _ => AddExternalEndpoint(name, "anthropic", "claude-sonnet-4-5"),
            };
        }
    }

    internal ServedModel Model(string entityName, string version)
    {
        (var model, var flaw) = _workspace.Models.Find(entityName, version);
        return model ?? throw new ArgumentException(flaw, nameof(version));
    }

    private void AddDefaults()
    {
        foreach (var facts in ModelTable.All)
        {
            AddFoundation(facts.Endpoint, facts);
        }

        AddEmbeddingEndpoint(EmbeddingTable.All[0].Endpoint);
        AddAgentEndpoint("support-agent", EmulatedAgentKind.ChatAgent);
        AddAgentEndpoint("research-agent", EmulatedAgentKind.ChatModel);
        AddClassicEndpoint("churn-v1");
        foreach (var facts in EmbeddingTable.All.Skip(1))
        {
            AddEmbeddingEndpointLike(facts.Endpoint, facts.Endpoint);
        }

        AddCompletionEndpoint("text-base");

        // One of each kind and state that a directory must distinguish.
        AddClassicEndpoint("churn-ab").SplitsTraffic(("champion", "1", 90), ("challenger", "2", 10));
        AddClassicEndpoint("fraud-v2").Stops();
        AddFeatureEndpoint("customer-features");
        AddExternalEndpoint("azure-gpt-4o");
        AddAgentEndpoint("task-agent", EmulatedAgentKind.ResponsesAgent);
        AddProvisionedEndpoint("maverick-pt").TakesReadsToDeploy(int.MaxValue).BeginsToDeploy();
    }

    private static ModelCapabilities Facts(string model) =>
        ModelTable.All.FirstOrDefault(facts => facts.Endpoint == model) ?? throw new KeyNotFoundException(
            $"There is no default model '{model}'. There are: {string.Join(", ", ModelTable.All.Select(facts => facts.Endpoint))}.");

    private EmulatedEndpoint AddFoundation(string name, ModelCapabilities facts) =>
        Add(name, ServedEntityFactory.PayPerToken(name, facts.Entity, facts.DisplayName, ServedModel.ForChat(facts)));

    /// <summary>Adds an endpoint of a registered model, which other endpoints can serve too.</summary>
    private EmulatedEndpoint AddOwn(string name, ServedModel model)
    {
        _workspace.Models.Register(OwnEntity(name), "1", model);
        return Add(name, ServedEntityFactory.Custom(OwnEntity(name), model));
    }

    private EmulatedEndpoint Add(string name, ServedEntity entity)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        var endpoint = _workspace.Make(name, ServedEntityFactory.Alone(entity));
        _workspace.Endpoints[name] = endpoint;
        return PublicEndpoint(endpoint);
    }

    private static string OwnEntity(string name) => "main.models." + name.Replace('-', '_');
}
