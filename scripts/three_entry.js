// What of three.js the page of a check uses; scripts/make_three.py packs it.
export {
  BufferAttribute, BufferGeometry, Color, DirectionalLight, DoubleSide, EdgesGeometry, Float32BufferAttribute, Group,
  HemisphereLight, InstancedMesh, LatheGeometry, LineBasicMaterial, LineSegments, Matrix4, Mesh, MeshLambertMaterial,
  PerspectiveCamera, Plane, Raycaster, Scene, ShapeUtils, Vector2, Vector3, WebGLRenderer,
} from "three";
