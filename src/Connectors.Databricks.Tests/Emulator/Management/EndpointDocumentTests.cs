using System.Text.Json.Nodes;

namespace Connectors.Databricks.Tests.Emulator.Management;

public class EndpointDocumentTests
{
    [Fact]
    public async Task The_list_holds_summaries_alone()
    {
        await using Wire wire = await Wire.OpenAsync(options => options.AddsDefaultEndpoints = false);
        wire.Emulator.AddClassicEndpoint("b-classic");
        wire.Emulator.AddAgentEndpoint("a-agent");

        string list = await wire.Http.GetStringAsync(new Uri("api/2.0/serving-endpoints", UriKind.Relative));

        Wire.SameJson(
            """
            {
              "endpoints": [
                {
                  "name": "a-agent",
                  "id": "e8c6aa68b8e14b7a842dbd4444796a8a",
                  "creator": "emulator@example.com",
                  "creation_timestamp": 1790000000000,
                  "last_updated_timestamp": 1790000000000,
                  "state": {
                    "ready": "READY",
                    "config_update": "NOT_UPDATING",
                    "suspend": "NOT_SUSPENDED"
                  },
                  "task": "agent/v2/chat",
                  "config": {
                    "served_entities": [
                      {
                        "name": "a_agent-1",
                        "entity_name": "main.models.a_agent",
                        "entity_version": "1"
                      }
                    ],
                    "served_models": [
                      {
                        "name": "a_agent-1",
                        "model_name": "main.models.a_agent",
                        "model_version": "1"
                      }
                    ]
                  }
                },
                {
                  "name": "b-classic",
                  "id": "67e903bcf0784758bf2adb86bbf2cf79",
                  "creator": "emulator@example.com",
                  "creation_timestamp": 1790000000000,
                  "last_updated_timestamp": 1790000000000,
                  "state": {
                    "ready": "READY",
                    "config_update": "NOT_UPDATING",
                    "suspend": "NOT_SUSPENDED"
                  },
                  "config": {
                    "served_entities": [
                      {
                        "name": "b_classic-1",
                        "entity_name": "main.models.b_classic",
                        "entity_version": "1"
                      }
                    ],
                    "served_models": [
                      {
                        "name": "b_classic-1",
                        "model_name": "main.models.b_classic",
                        "model_version": "1"
                      }
                    ]
                  }
                }
              ]
            }
            """,
            list);
    }

    [Fact]
    public async Task A_foundation_model_shows_itself_in_detail()
    {
        await using Wire wire = await Wire.OpenAsync();

        string detail = await wire.Http.GetStringAsync(
            new Uri("api/2.0/serving-endpoints/databricks-meta-llama-3-3-70b-instruct", UriKind.Relative));

        Wire.SameJson(
            """
            {
              "name": "databricks-meta-llama-3-3-70b-instruct",
              "id": "67e903bcf0784758bf2adb86bbf2cf79",
              "creator": "emulator@example.com",
              "creation_timestamp": 1790000000000,
              "last_updated_timestamp": 1790000000000,
              "state": {
                "ready": "READY",
                "config_update": "NOT_UPDATING",
                "suspend": "NOT_SUSPENDED"
              },
              "task": "llm/v1/chat",
              "description": "",
              "permission_level": "CAN_MANAGE",
              "route_optimized": false,
              "config": {
                "config_version": 1,
                "served_entities": [
                  {
                    "name": "databricks-meta-llama-3-3-70b-instruct",
                    "entity_name": "system.ai.llama_v3_3_70b_instruct",
                    "entity_version": "1",
                    "foundation_model": {
                      "name": "system.ai.llama_v3_3_70b_instruct",
                      "display_name": "Meta Llama 3.3 70B Instruct",
                      "docs": "https://docs.databricks.com/machine-learning/foundation-models/index.html",
                      "description": "An emulated Meta Llama 3.3 70B Instruct.",
                      "api_types": [
                        "mlflow/v1/chat/completions",
                        "mlflow/v1/responses"
                      ],
                      "ai_gateway_v2_supported": true
                    },
                    "creator": "emulator@example.com",
                    "creation_timestamp": 1790000000000,
                    "state": {
                      "deployment": "DEPLOYMENT_READY",
                      "deployment_state_message": ""
                    }
                  }
                ],
                "traffic_config": {
                  "routes": [
                    {
                      "served_model_name": "databricks-meta-llama-3-3-70b-instruct",
                      "served_entity_name": "databricks-meta-llama-3-3-70b-instruct",
                      "traffic_percentage": 100
                    }
                  ]
                }
              },
              "capabilities": {
                "function_calling": true
              }
            }
            """,
            detail);
    }

    [Fact]
    public async Task A_classic_model_shows_its_workload_and_no_task()
    {
        await using Wire wire = await Wire.OpenAsync();

        string detail = await wire.Http.GetStringAsync(new Uri("api/2.0/serving-endpoints/churn-v1", UriKind.Relative));

        Wire.SameJson(
            """
            {
              "name": "churn-v1",
              "id": "0a6c090aef9849878449cdbbb352f290",
              "creator": "emulator@example.com",
              "creation_timestamp": 1790000000000,
              "last_updated_timestamp": 1790000000000,
              "state": {
                "ready": "READY",
                "config_update": "NOT_UPDATING",
                "suspend": "NOT_SUSPENDED"
              },
              "description": "",
              "permission_level": "CAN_MANAGE",
              "route_optimized": false,
              "config": {
                "config_version": 1,
                "served_entities": [
                  {
                    "name": "churn_v1-1",
                    "entity_name": "main.models.churn_v1",
                    "entity_version": "1",
                    "workload_size": "Small",
                    "workload_type": "CPU",
                    "scale_to_zero_enabled": true,
                    "creator": "emulator@example.com",
                    "creation_timestamp": 1790000000000,
                    "state": {
                      "deployment": "DEPLOYMENT_READY",
                      "deployment_state_message": ""
                    }
                  }
                ],
                "served_models": [
                  {
                    "name": "churn_v1-1",
                    "model_name": "main.models.churn_v1",
                    "model_version": "1",
                    "workload_size": "Small",
                    "workload_type": "CPU",
                    "scale_to_zero_enabled": true,
                    "creator": "emulator@example.com",
                    "creation_timestamp": 1790000000000,
                    "state": {
                      "deployment": "DEPLOYMENT_READY",
                      "deployment_state_message": ""
                    }
                  }
                ],
                "traffic_config": {
                  "routes": [
                    {
                      "served_model_name": "churn_v1-1",
                      "served_entity_name": "churn_v1-1",
                      "traffic_percentage": 100
                    }
                  ]
                }
              }
            }
            """,
            detail);
    }

    [Fact]
    public async Task An_unknown_endpoint_has_no_detail()
    {
        await using Wire wire = await Wire.OpenAsync();

        using HttpResponseMessage response = await wire.Http.GetAsync(new Uri("api/2.0/serving-endpoints/unknown", UriKind.Relative));

        Assert.Equal(404, (int)response.StatusCode);
        Assert.Equal(
            """{"error_code":"RESOURCE_DOES_NOT_EXIST","message":"Serving endpoint with name unknown not found"}""",
            await response.Content.ReadAsStringAsync());
    }

    [Fact]
    public async Task The_default_endpoints_are_listed_by_name()
    {
        await using Wire wire = await Wire.OpenAsync();

        Assert.Equal(
            [
                "azure-gpt-4o",
                "churn-ab",
                "churn-v1",
                "customer-features",
                "databricks-bge-large-en",
                "databricks-claude-opus-4-8",
                "databricks-claude-sonnet-4-5",
                "databricks-gemini-3-1-pro",
                "databricks-gpt-5-2",
                "databricks-gpt-oss-120b",
                "databricks-gte-large-en",
                "databricks-inkling",
                "databricks-kimi-k3",
                "databricks-llama-4-maverick",
                "databricks-meta-llama-3-3-70b-instruct",
                "databricks-qwen3-embedding-0-6b",
                "fraud-v2",
                "maverick-pt",
                "research-agent",
                "support-agent", "task-agent",
                "text-base",
            ],
            wire.Emulator.Endpoints.Select(endpoint => endpoint.Name));
    }

    [Fact]
    public async Task An_embedding_model_of_the_service_has_no_workload_to_size()
    {
        await using Wire wire = await Wire.OpenAsync();

        string answer = await wire.Http.GetStringAsync(new Uri("api/2.0/serving-endpoints/databricks-gte-large-en", UriKind.Relative));

        JsonNode entity = JsonNode.Parse(answer)!["config"]!["served_entities"]![0]!;
        Assert.Equal("system.ai.gte-large-en-v1_5", entity["foundation_model"]!["name"]!.GetValue<string>());
        Assert.Null(entity["workload_size"]);
    }
}
