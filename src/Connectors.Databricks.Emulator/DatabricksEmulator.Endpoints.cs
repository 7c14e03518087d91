using Connectors.Databricks.Emulator.Endpoints;
using Connectors.Databricks.Emulator.Models;

namespace Connectors.Databricks.Emulator;

public sealed partial class DatabricksEmulator
{
    /// <summary>Adds a chat endpoint of a family.</summary>
    /// <param name="name">Its name; an endpoint of this name is replaced.</param>
    /// <param name="dialect">The family.</param>
    /// <returns>The endpoint.</returns>
    public EmulatedEndpoint AddChatEndpoint(string name, EmulatedDialect dialect) =>
        AddFoundation(name, ModelTable.For(dialect));

    /// <summary>Adds a chat endpoint that behaves exactly like one of the default models, refusals included.</summary>
    /// <param name="name">Its name; an endpoint of this name is replaced.</param>
    /// <param name="model">The default endpoint to resemble, such as <c>databricks-claude-opus-4-8</c>.</param>
    /// <returns>The endpoint.</returns>
    /// <exception cref="KeyNotFoundException">No default model has this name.</exception>
    public EmulatedEndpoint AddChatEndpointLike(string name, string model)
    {
        return AddFoundation(name, Facts(model));
    }

    /// <summary>Adds an agent.</summary>
    /// <param name="name">Its name; an endpoint of this name is replaced.</param>
    /// <param name="kind">The surface it serves.</param>
    /// <returns>The endpoint.</returns>
    public EmulatedEndpoint AddAgentEndpoint(string name, EmulatedAgentKind kind = EmulatedAgentKind.ChatAgent) =>
        AddOwn(name, ServedModel.ForChat(ModelTable.Agent, kind == EmulatedAgentKind.ChatAgent ? "agent/v2/chat" : "agent/v1/chat"));

    /// <summary>Adds an embedding endpoint that behaves like <c>databricks-gte-large-en</c>.</summary>
    /// <param name="name">Its name; an endpoint of this name is replaced.</param>
    /// <returns>The endpoint.</returns>
    public EmulatedEndpoint AddEmbeddingEndpoint(string name) => AddEmbeddingEndpointLike(name, EmbeddingTable.All[0].Endpoint);

    /// <summary>Adds an embedding endpoint that behaves like one of the default embedding models.</summary>
    /// <param name="name">Its name; an endpoint of this name is replaced.</param>
    /// <param name="model">The default endpoint to resemble, such as <c>databricks-qwen3-embedding-0-6b</c>.</param>
    /// <returns>The endpoint.</returns>
    /// <exception cref="KeyNotFoundException">No default embedding model has this name.</exception>
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

    /// <summary>Adds an endpoint that completes prompts.</summary>
    /// <param name="name">Its name; an endpoint of this name is replaced.</param>
    /// <returns>The endpoint.</returns>
    public EmulatedEndpoint AddCompletionEndpoint(string name) => AddOwn(name, ServedModel.ForCompletions());

    /// <summary>
    /// Adds a classic model: a small linear one with the inputs <c>tenure</c> and <c>monthly_charges</c>. A version 2 of it is registered.
    /// </summary>
    /// <param name="name">Its name; an endpoint of this name is replaced.</param>
    /// <returns>The endpoint.</returns>
    public EmulatedEndpoint AddClassicEndpoint(string name)
    {
        _workspace.Models.Register(OwnEntity(name), "2", ServedModel.ForClassic(LinearModel.Second));
        return AddOwn(name, ServedModel.ForClassic(LinearModel.First));
    }

    /// <summary>Adds an endpoint of an external model. Nothing is called: the emulator answers in the provider's place.</summary>
    /// <param name="name">Its name; an endpoint of this name is replaced.</param>
    /// <param name="provider"><c>openai</c>, <c>anthropic</c>, <c>amazon-bedrock</c> or <c>cohere</c>.</param>
    /// <param name="model">The provider's name of the model.</param>
    /// <param name="task">Its task.</param>
    /// <returns>The endpoint.</returns>
    /// <exception cref="ArgumentException">The emulator does not know the provider.</exception>
    public EmulatedEndpoint AddExternalEndpoint(
        string name, string provider = "openai", string model = "gpt-4o", string task = "llm/v1/chat") =>
        Add(name, ServedEntityFactory.External(provider, model, task));

    /// <summary>Adds an endpoint that serves a model of Databricks with provisioned throughput.</summary>
    /// <param name="name">Its name; an endpoint of this name is replaced.</param>
    /// <param name="model">The default endpoint whose model it serves, such as <c>databricks-llama-4-maverick</c>.</param>
    /// <param name="modelUnits">Its <c>provisioned_model_units</c>.</param>
    /// <returns>The endpoint.</returns>
    /// <exception cref="KeyNotFoundException">No default model has this name.</exception>
    public EmulatedEndpoint AddProvisionedEndpoint(string name, string model = "databricks-llama-4-maverick", int modelUnits = 50)
    {
        var facts = Facts(model);
        return Add(name, ServedEntityFactory.Provisioned(facts.Entity, ServedModel.ForChat(facts), modelUnits));
    }

    /// <summary>Adds a feature serving endpoint: rows with a <c>customer_id</c> in, <c>outputs</c> with two features back.</summary>
    /// <param name="name">Its name; an endpoint of this name is replaced.</param>
    /// <returns>The endpoint.</returns>
    public EmulatedEndpoint AddFeatureEndpoint(string name)
    {
        var entity = "main.features." + name.Replace('-', '_');
        var feature = ServedEntityFactory.Feature(entity);
        _workspace.Models.Register(entity, null, feature.Model!);
        return Add(name, feature);
    }

    /// <summary>Registers a version of the classic model under any name, so that endpoints made over the API can serve it.</summary>
    /// <param name="entityName">Its name in Unity Catalog, such as <c>main.ml.churn</c>.</param>
    /// <param name="version">The version.</param>
    /// <param name="intercept">What it predicts for a row of zeros.</param>
    /// <param name="tenure">What a unit of <c>tenure</c> adds.</param>
    /// <param name="monthlyCharges">What a unit of <c>monthly_charges</c> adds.</param>
    public void AddClassicModel(
        string entityName, string version, double intercept = 0.5, double tenure = -0.01, double monthlyCharges = 0.004)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(entityName);
        ArgumentException.ThrowIfNullOrWhiteSpace(version);
        _workspace.Models.Register(entityName, version, ServedModel.ForClassic(new LinearModel(intercept, tenure, monthlyCharges)));
    }

    /// <summary>Registers a version of a model whose every deployment fails.</summary>
    /// <param name="entityName">Its name in Unity Catalog.</param>
    /// <param name="version">The version.</param>
    /// <param name="message">The <c>deployment_state_message</c> it fails with.</param>
    public void AddBrokenModel(string entityName, string version, string message)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(entityName);
        ArgumentException.ThrowIfNullOrWhiteSpace(version);
        ArgumentException.ThrowIfNullOrWhiteSpace(message);
        _workspace.Models.RegisterBroken(entityName, version, message);
    }

    /// <summary>Adds many endpoints at once, of every kind in turn, for tests of lists and catalogues. All of them answer.</summary>
    /// <param name="count">How many.</param>
    /// <param name="prefix">What their names start with; those of pay-per-token models start with <c>databricks-</c> before it.</param>
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

        // One of each kind and state that a catalogue has to tell apart.
        AddClassicEndpoint("churn-ab").SplitsTraffic(("champion", "1", 90), ("challenger", "2", 10));
        AddClassicEndpoint("fraud-v2").Stops();
        AddFeatureEndpoint("customer-features");
        AddExternalEndpoint("azure-gpt-4o");
        AddProvisionedEndpoint("maverick-pt").TakesReadsToDeploy(int.MaxValue).BeginsToDeploy();
    }

    private static ModelCapabilities Facts(string model) =>
        ModelTable.All.FirstOrDefault(facts => facts.Endpoint == model) ?? throw new KeyNotFoundException(
            $"There is no default model '{model}'. There are: {string.Join(", ", ModelTable.All.Select(facts => facts.Endpoint))}.");

    private EmulatedEndpoint AddFoundation(string name, ModelCapabilities facts) =>
        Add(name, ServedEntityFactory.PayPerToken(name, facts.Entity, facts.DisplayName, ServedModel.ForChat(facts)));

    /// <summary>Serves a model of the endpoint's own, which other endpoints may serve, too.</summary>
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
        return Face(endpoint);
    }

    private static string OwnEntity(string name) => "main.models." + name.Replace('-', '_');
}
