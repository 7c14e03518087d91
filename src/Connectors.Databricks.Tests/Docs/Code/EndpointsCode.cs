using Connectors.Databricks.Management;

namespace Connectors.Databricks.Tests.Docs.Code;

/// <summary>The code of docs/management.md. Methods that take the serving client run on the emulator as tests.</summary>
internal static class EndpointsCode
{
    public static async Task Hello(DatabricksServingClient serving)
    {
        // <management-hello>
        DatabricksManagementClient management = serving.GetManagementClient();

        ServingEndpoint endpoint = await management.GetAsync("churn-v1");
        EndpointMetrics metrics = await management.Monitoring.GetMetricsAsync("churn-v1");

        Console.WriteLine($"{endpoint}: {endpoint.Config?.Traffic}, {metrics.RequestsPerMinute} requests in the last minute");
        // </management-hello>
    }

    public static async Task List(DatabricksServingClient serving)
    {
        // <endpoints>
        foreach (ServingEndpoint endpoint in await serving.GetManagementClient().ListAsync())
        {
            Console.WriteLine($"{endpoint.Name}: {endpoint.Task}, {endpoint.State}");
        }
        // </endpoints>
    }

    public static async Task Get(DatabricksServingClient serving)
    {
        // <endpoints-get>
        ServingEndpoint endpoint = await serving.GetManagementClient().GetAsync("churn-v1");

        foreach (ServedEntity entity in endpoint.Config!.ServedEntities)
        {
            int? share = endpoint.Config.Traffic?.PercentageOf(entity.Name!);
            Console.WriteLine($"{entity.Name}: {entity.EntityName} version {entity.EntityVersion}, {entity.State?.Deployment}, {share} %");
        }
        // </endpoints-get>
        Assert.NotEmpty(endpoint.Config.ServedEntities);
    }

    public static async Task Signature(DatabricksServingClient serving)
    {
        // <endpoints-signature>
        EndpointSignature signature = await serving.Directory.GetSignatureAsync("churn-v1");

        foreach (SignatureColumn column in signature.Inputs)
        {
            Console.WriteLine(column);   // tenure: integer (int64)
        }
        // </endpoints-signature>
        Assert.Contains(signature.Inputs, column => column.Name == "tenure");
    }

    public static async Task Create(DatabricksManagementClient management, CancellationToken cancellationToken)
    {
        // <endpoints-create>
        var definition = new EndpointDefinition("churn-v1")
        {
            Config = new EndpointConfig
            {
                ServedEntities =
                [
                    ServedEntity.Model("main.ml.churn", "7") with
                    {
                        Name = "champion",
                        WorkloadSize = WorkloadSize.Small,
                        ScaleToZero = true,
                    },
                ],
            },
            Tags = [new EndpointTag("team", "growth")],
        };

        var waiting = new EndpointWaitOptions { Progress = new Progress<EndpointWaitProgress>(Console.WriteLine) };
        ServingEndpoint endpoint = await management.CreateAndWaitAsync(definition, waiting, cancellationToken);
        // </endpoints-create>
        Assert.True(endpoint.IsReady);
    }

    public static async Task External(DatabricksManagementClient management)
    {
        // <endpoints-external>
        var gpt = ExternalModel.ForOpenAI("gpt-4o", EndpointTask.Chat, new OpenAIModelConfig
        {
            ApiKey = EndpointSecret.FromScope("llm", "openai"),
        });

        await management.CreateIfNotExistsAsync(new EndpointDefinition("my-gpt")
        {
            Config = new EndpointConfig { ServedEntities = [ServedEntity.External(gpt) with { Name = "gpt-4o" }] },
            AIGateway = new AIGatewayConfig
            {
                RateLimits = [new RateLimit { Key = RateLimitKey.User, Calls = 100 }],
                Guardrails = new AIGatewayGuardrails
                {
                    Input = new AIGatewayGuardrail { Pii = new AIGatewayPiiFilter { Behavior = PiiBehavior.Block } },
                },
            },
        });
        // </endpoints-external>
    }

    public static async Task Update(DatabricksManagementClient management)
    {
        // <endpoints-update>
        ServingEndpoint endpoint = await management.GetAsync("churn-v1");

        EndpointConfig larger = endpoint.Config! with
        {
            ServedEntities = [.. endpoint.Config.ServedEntities.Select(entity => entity with { WorkloadSize = WorkloadSize.Medium })],
        };
        await management.UpdateAndWaitAsync("churn-v1", larger);
        // </endpoints-update>
    }

    public static async Task Permissions(DatabricksManagementClient management)
    {
        // <endpoints-permissions>
        await management.Permissions.UpdateAsync("churn-v1", [EndpointGrant.ToGroup("analysts", EndpointPermissionLevel.CanQuery)]);
        // </endpoints-permissions>
    }
}
